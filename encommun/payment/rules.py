"""What may be done with money, and how it is named."""

from collections.abc import Iterable
from datetime import timedelta

from encommun.foundation.actor import Actor, Role
from encommun.foundation.refusals import NotAllowed, Verdict
from encommun.payment.models import Payment, Stray
from encommun.payment.refusals import CardNotOffered, NotAnAnswer
from encommun.registration.models import Booking

CURRENCY = "eur"
PAGE_LIVES = timedelta(minutes=32)  # a card page: providers ask for half an hour at least; shorter than the hold

_P = Payment.Provider
ONLINE = (_P.CARD, _P.HELLOASSO)  # paid on a provider's page
AT_THE_DESK = (_P.CASH, _P.TERMINAL)


def transfer_reference(code: str, number: int = 1) -> str:
    """What the payer writes on a transfer: an ISO 11649 reference over the booking's code, «RF» and two check digits.

    Args:
        number: the second payment of a booking has a reference of its own.
    """
    from stdnum.iso7064 import mod_97_10

    code = code if number == 1 else f"{code}N{number}"
    return f"RF{mod_97_10.calc_check_digits(code + 'RF')}{code}"


def in_groups(reference: str) -> str:
    """A reference in groups of four, as banks print it."""
    return " ".join(reference[n : n + 4] for n in range(0, len(reference), 4))


def is_paid_online(booking: Booking, providers: Iterable[str]) -> Verdict:
    """Whether the event has a payment page and the booking asked for it."""
    return True if booking.payment_method == "card" and any(providers) else CardNotOffered()


def may_answer(actor: Actor, stray: Stray) -> Verdict:
    """Who keeps the money of its event. What belongs to no event: who keeps the money of any."""
    if stray.event_id is None:
        return True if any(role in (Role.REGISTRATION, Role.COORDINATION) for _event, role in actor.roles) else NotAllowed()
    return True if actor.has_role(stray.event_id, Role.REGISTRATION) else NotAllowed()


def answers_of(stray: Stray) -> list[Stray.Answer]:
    """The answers that make sense."""
    if stray.why == Stray.Why.AMOUNT and stray.payment_id:
        return [Stray.Answer.ACCEPTED, Stray.Answer.GIVEN_BACK, Stray.Answer.NOTED]
    return [Stray.Answer.NOTED]


def may_answer_so(stray: Stray, answer: str) -> Verdict:
    """Whether the answer is one of those that make sense."""
    return True if answer in answers_of(stray) else NotAnAnswer()
