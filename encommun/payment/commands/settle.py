"""Money came: the one door, whoever tells it (return page, notification, reconciler, team)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.journal.commands import record
from encommun.payment.commands.write_ledger import write_ledger
from encommun.payment.models import LedgerEntry, Payment, ProviderNotice
from encommun.payment.rules import CURRENCY
from encommun.registration.commands import confirm_booking
from encommun.registration.models import Booking
from encommun.registration.refusals import AlreadyConfirmed, BookingEnded, SoldOut

#: States in which money may still come. A payment given up may be paid all the same, a moment later.
BEFORE_MONEY = (Payment.State.WAITING, Payment.State.GIVEN_UP)


@dataclass(frozen=True, kw_only=True)
class Received:
    """Money that came, as the provider or the bank says."""

    amount_cents: int
    currency: str = CURRENCY


@transaction.atomic
def settle(payment: Payment, *, received: Received, actor: Actor, at: datetime, notice: ProviderNotice | None = None) -> Payment:
    """Book the money and confirm the booking; told twice, it happens once.

    A booking that lapsed takes its places again. Where that is not possible (places gone, cancelled, paid twice) the
    payment is to be refunded: never paid without a place. Another amount settles nothing and is shown to the team.
    """
    booking = Booking.objects.select_for_update().get(pk=payment.booking_id)
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    if notice is not None:
        ProviderNotice.objects.bulk_create([notice], ignore_conflicts=True)
    if payment.state not in BEFORE_MONEY:
        return payment
    if (received.amount_cents, received.currency) != (payment.amount_cents, CURRENCY):
        return _flag(payment, booking, received, actor, at)
    payment.state, payment.paid_at, payment.trouble = Payment.State.PAID, at, ""
    write_ledger(
        booking, LedgerEntry.Kind.RECEIVED, received.amount_cents, source=f"received:{payment.reference}", at=at, payment=payment
    )
    try:
        confirm_booking(booking, actor=actor, at=at)
    except (AlreadyConfirmed, BookingEnded, SoldOut) as refused:
        payment.state = Payment.State.TO_REFUND
        facts = {"payment": payment.reference, "why": refused.code}
        record("payment.without_place", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    else:
        facts = {"payment": payment.reference, "amount_cents": received.amount_cents, "provider": payment.provider}
        record("payment.received", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    payment.save(update_fields=["state", "paid_at", "trouble"])
    return payment


def _flag(payment: Payment, booking: Booking, received: Received, actor: Actor, at: datetime) -> Payment:
    if not payment.trouble:
        payment.trouble = "amount"
        payment.save(update_fields=["trouble"])
        facts = {"payment": payment.reference, "amount_cents": received.amount_cents, "currency": received.currency[:3]}
        record("payment.amount_differs", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    return payment
