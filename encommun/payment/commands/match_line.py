"""A person says which bookings a credit of the bank pays."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.money import in_words
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.payment.commands.new_payment import new_payment
from encommun.payment.commands.settle import Received, settle
from encommun.payment.models import Allocation, Payment, StatementLine
from encommun.payment.queries.balances import owed_by
from encommun.payment.refusals import LineDone, NoteMissing, NotEnoughOnLine, NothingChosen
from encommun.registration.models import Booking
from encommun.registration.rules import keeps_registration


@transaction.atomic
def match_line(line: StatementLine, bookings: Sequence[Booking], *, actor: Actor, at: datetime) -> list[Payment]:
    """Pay each booking what it owes from what is left of the credit.

    One booking alone may be paid in part; one that owes nothing was paid twice, and the rest goes back.

    Raises:
        NotAllowed, NothingChosen, LineDone, NotEnoughOnLine
    """
    require(keeps_registration(actor, line.event_id))
    if not bookings:
        raise NothingChosen()
    codes = [booking.pk for booking in bookings]
    locked = list(Booking.objects.select_for_update().filter(pk__in=codes, event_id=line.event_id).order_by("pk"))
    line = StatementLine.objects.select_for_update().get(pk=line.pk)
    left = line.rest_cents
    if not left or line.left_aside:
        raise LineDone()
    asked = [(booking, owed_by(booking)) for booking in locked]
    if len(asked) == 1:
        booking, owed = asked[0]
        asked = [(booking, min(owed, left) if owed else left)]
    if (total := sum(cents for _booking, cents in asked)) > left:
        raise NotEnoughOnLine(asked=in_words(total), left=in_words(left))
    return [_pay(line, booking, cents, actor, at) for booking, cents in asked if cents]


def _pay(line: StatementLine, booking: Booking, cents: int, actor: Actor, at: datetime) -> Payment:
    payment = new_payment(booking, Payment.Provider.TRANSFER, amount_cents=cents, at=at)
    Allocation.objects.create(line=line, payment=payment, amount_cents=cents, at=at)
    facts = {"line": line.pk, "payment": payment.reference, "amount_cents": cents}
    record("payment.line_matched", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    received = Received(amount_cents=cents, source=f"line:{line.key[:32]}:{payment.reference}")
    return settle(payment, received=received, actor=actor, at=at)


@transaction.atomic
def leave_line_aside(line: StatementLine, *, why: str, actor: Actor, at: datetime) -> None:
    """Say that a credit pays nothing here, and what it is.

    Raises:
        NotAllowed, NoteMissing, LineDone
    """
    require(keeps_registration(actor, line.event_id))
    why = clean_line(why)[:200]
    if not why:
        raise NoteMissing()
    line = StatementLine.objects.select_for_update().get(pk=line.pk)
    if not line.rest_cents or line.left_aside:
        raise LineDone()
    line.left_aside = why
    line.save(update_fields=["left_aside"])
    record("payment.line_left_aside", actor=actor, at=at, event_id=line.event_id, about=line, cents=line.rest_cents)
