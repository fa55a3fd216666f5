"""What may be done with money, and how it is named."""

from datetime import timedelta

from django.conf import settings

from encommun.foundation.refusals import Verdict
from encommun.payment.refusals import CardNotOffered
from encommun.registration.models import Booking

CURRENCY = "eur"
PAGE_LIVES = timedelta(minutes=32)  # a card page: providers ask for half an hour at least; shorter than the hold


def transfer_reference(code: str) -> str:
    """What the payer writes on a transfer: an ISO 11649 reference over the booking's code, «RF» and two check digits."""
    from stdnum.iso7064 import mod_97_10

    return f"RF{mod_97_10.calc_check_digits(code + 'RF')}{code}"


def in_groups(reference: str) -> str:
    """A reference in groups of four, as banks print it."""
    return " ".join(reference[n : n + 4] for n in range(0, len(reference), 4))


def is_paid_by_card(booking: Booking) -> Verdict:
    """Whether the card provider is there and the booking asked for it."""
    return True if settings.CONFIG.card_secret_key and booking.payment_method == "card" else CardNotOffered()
