"""Money at the desk: taken with a receipt, counted in the evening, or not asked for."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Max, Sum

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.money import in_words
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.payment.commands.new_payment import new_payment
from encommun.payment.commands.settle import Received, settle
from encommun.payment.commands.write_ledger import write_ledger
from encommun.payment.models import DayCount, LedgerEntry, Payment, Receipt
from encommun.payment.queries.balances import owed_by
from encommun.payment.queries.ways import ways_of
from encommun.payment.refusals import NoteMissing, NothingMissing, WayNotOpen, WrongAmount
from encommun.payment.rules import AT_THE_DESK
from encommun.registration.commands import confirm_booking
from encommun.registration.models import Booking
from encommun.registration.rules import keeps_registration


@transaction.atomic
def take_at_desk(booking: Booking, *, provider: str, amount_cents: int, actor: Actor, at: datetime) -> Receipt:
    """Take money, cash or by the card terminal; the receipt has a number of its own.

    Raises:
        NotAllowed, WayNotOpen, NothingMissing, WrongAmount
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=booking.pk)
    require(keeps_registration(actor, booking.event_id))
    if provider not in AT_THE_DESK or not ways_of(booking.event)[provider].is_open:
        raise WayNotOpen()
    if not (owed := owed_by(booking)):
        raise NothingMissing()
    if not 0 < amount_cents <= owed:
        raise WrongAmount(due=in_words(owed))
    payment = new_payment(booking, Payment.Provider(provider), amount_cents=amount_cents, at=at)
    Event.objects.select_for_update().get(pk=booking.event_id)  # numbers without gap, one at a time
    number = (Receipt.objects.filter(event_id=booking.event_id).aggregate(last=Max("number"))["last"] or 0) + 1
    receipt = Receipt.objects.create(
        event_id=booking.event_id, payment=payment, number=number, taken_at=at, taken_by=actor.reference
    )
    received = Received(amount_cents=amount_cents, source=f"desk:{booking.event_id}:{number}")
    receipt.payment = settle(payment, received=received, actor=actor, at=at)
    return receipt


@transaction.atomic
def waive_payment(booking: Booking, *, why: str, actor: Actor, at: datetime) -> Payment:
    """Ask for nothing: a volunteer, a speaker, somebody who cannot pay. The booking is confirmed.

    Raises:
        NotAllowed, NoteMissing, NothingMissing, AlreadyConfirmed, BookingEnded, SoldOut
    """
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    require(keeps_registration(actor, booking.event_id))
    if not clean_line(why):
        raise NoteMissing()
    if not (owed := owed_by(booking)):
        raise NothingMissing()
    payment = new_payment(booking, Payment.Provider.FREE, amount_cents=0, at=at)
    payment.state, payment.paid_at = Payment.State.PAID, at
    payment.save(update_fields=["state", "paid_at"])
    source = f"waived:{payment.reference}"
    write_ledger(booking, LedgerEntry.Kind.WAIVED, owed, source=source, at=at, payment=payment)
    if booking.state != Booking.State.CONFIRMED:
        confirm_booking(booking, actor=actor, at=at)
    facts = {"payment": payment.reference, "amount_cents": owed}
    record("payment.waived", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    return payment


def cash_of(event: Event, day: date) -> int:
    """What the till should hold more at the end of a day: cash taken, less cash given back."""
    start = datetime.combine(day, time(), tzinfo=event.zone)
    moved = LedgerEntry.objects.filter(event=event, payment__provider=Payment.Provider.CASH, at__gte=start)
    moved = moved.filter(at__lte=datetime.combine(day, time(23, 59, 59, 999999), tzinfo=event.zone))
    kind = LedgerEntry.Kind
    sums = dict(moved.order_by().values_list("kind").annotate(cents=Sum("amount_cents")))
    return int(sums.get(kind.RECEIVED, 0) - sums.get(kind.REFUNDED, 0))


@transaction.atomic
def count_till(event: Event, *, day: date, counted_cents: int, note: str = "", actor: Actor, at: datetime) -> DayCount:
    """Note what was counted in the till; a gap is written beside, and asks for a word.

    Raises:
        NotAllowed, NoteMissing
    """
    require(keeps_registration(actor, event.pk))
    expected, note = cash_of(event, day), clean_line(note)[:300]
    if counted_cents != expected and not note:
        raise NoteMissing()
    count = DayCount.objects.create(
        event=event, day=day, expected_cents=expected, counted_cents=counted_cents, note=note, counted_at=at
    )
    facts = {"day": day.isoformat(), "expected_cents": expected, "counted_cents": counted_cents}
    record("payment.till_counted", actor=actor, at=at, event_id=event.pk, about=count, **facts)
    return count
