"""Cheques: one comes, several go to the bank together, one comes back unpaid."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.money import in_words
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.payment.commands.keep_stray import keep_stray
from encommun.payment.commands.new_payment import new_payment
from encommun.payment.commands.settle import Received, settle
from encommun.payment.commands.write_ledger import write_ledger
from encommun.payment.models import Cheque, Deposit, LedgerEntry, Payment, Stray
from encommun.payment.queries.balances import owed_by
from encommun.payment.refusals import ChequeDone, NothingChosen, NothingMissing, WrongAmount
from encommun.registration.models import Booking
from encommun.registration.rules import keeps_registration


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """What is written on a cheque."""

    number: str
    bank: str
    drawer: str
    received_on: date


@transaction.atomic
def receive_cheque(booking: Booking, cheque: Arrived, *, amount_cents: int, actor: Actor, at: datetime) -> Cheque:
    """Note a cheque; the booking is confirmed when nothing is owed any more.

    Raises:
        NotAllowed, NothingMissing, WrongAmount
    """
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    require(keeps_registration(actor, booking.event_id))
    if not (owed := owed_by(booking)):
        raise NothingMissing()
    if not 0 < amount_cents <= owed:
        raise WrongAmount(due=in_words(owed))
    payment = new_payment(booking, Payment.Provider.CHEQUE, amount_cents=amount_cents, at=at)
    kept = Cheque.objects.create(
        payment=payment,
        number=clean_line(cheque.number)[:20],
        bank=clean_line(cheque.bank)[:80],
        drawer=clean_line(cheque.drawer)[:120],
        received_on=cheque.received_on,
    )
    received = Received(amount_cents=amount_cents, source=f"cheque:{payment.reference}")
    kept.payment = settle(payment, received=received, actor=actor, at=at)
    return kept


@transaction.atomic
def make_deposit(event: Event, cheques: Collection[int], *, actor: Actor, at: datetime) -> Deposit:
    """Put cheques on a deposit slip; its number counts in the event.

    Raises:
        NotAllowed, NothingChosen
    """
    require(keeps_registration(actor, event.pk))
    Event.objects.select_for_update().get(pk=event.pk)  # numbers without gap, one at a time
    waiting = Cheque.objects.filter(payment__booking__event=event, deposit=None, bounced_on=None, pk__in=cheques)
    if not waiting.exists():
        raise NothingChosen()
    number = (Deposit.objects.filter(event=event).aggregate(last=Max("number"))["last"] or 0) + 1
    deposit = Deposit.objects.create(event=event, number=number, made_at=at)
    count = waiting.update(deposit=deposit)
    record("payment.deposit_made", actor=actor, at=at, event_id=event.pk, about=deposit, number=number, cheques=count)
    return deposit


@transaction.atomic
def bounce_cheque(cheque: Cheque, *, on: date, actor: Actor, at: datetime) -> Cheque:
    """The bank did not pay a cheque: its sum is owed again, and the treasurer decides what becomes of the booking.

    Raises:
        NotAllowed, ChequeDone
    """
    booking = Booking.objects.select_for_update().get(pk=cheque.payment.booking_id)
    require(keeps_registration(actor, booking.event_id))
    cheque = Cheque.objects.select_for_update(of=("self",)).select_related("payment__booking").get(pk=cheque.pk)
    payment = cheque.payment
    if cheque.bounced_on is not None or payment.state != Payment.State.PAID:
        raise ChequeDone()
    cheque.bounced_on = on
    cheque.save(update_fields=["bounced_on"])
    payment.state = Payment.State.BOUNCED
    payment.save(update_fields=["state"])
    source = f"bounced:{payment.reference}"
    write_ledger(booking, LedgerEntry.Kind.BOUNCED, payment.received_cents, source=source, at=at, payment=payment)
    stray = {"name": payment.reference, "why": Stray.Why.BOUNCED, "amount_cents": payment.received_cents}
    keep_stray(provider=payment.provider, payment=payment, at=at, **stray)
    record("payment.cheque_bounced", actor=actor, at=at, event_id=booking.event_id, about=booking, payment=payment.reference)
    return cheque
