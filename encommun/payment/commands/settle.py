"""Money came: the one door, whoever tells it (return page, notification, reconciler, statement, desk, team)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import Refused
from encommun.journal.commands import record
from encommun.payment.commands.keep_stray import keep_stray
from encommun.payment.commands.list_refund import list_refund
from encommun.payment.commands.write_ledger import write_ledger
from encommun.payment.models import LedgerEntry, Payment, ProviderNotice, Refund, Stray
from encommun.payment.queries.balances import UNSETTLED, Balance, balance_of, owed_by
from encommun.payment.rules import CURRENCY
from encommun.registration.commands import confirm_booking
from encommun.registration.models import Booking
from encommun.registration.refusals import AlreadyConfirmed, BookingLapsed

#: States in which money may still come. A payment given up may be paid all the same, a moment later.
BEFORE_MONEY = UNSETTLED


@dataclass(frozen=True, kw_only=True)
class Received:
    """Money that came, as the provider or the bank says.

    Attributes:
        source: what tells this money from any other; empty: the payment itself, which then comes once and whole.
        fee_cents: what the provider keeps of it.
        tip_cents: what the payer gave the provider beside the price; never counted as ours.
        charge_id: the provider's name of the money, for refunds.
    """

    amount_cents: int
    currency: str = CURRENCY
    source: str = ""
    fee_cents: int = 0
    tip_cents: int = 0
    charge_id: str = ""


@transaction.atomic
def settle(payment: Payment, *, received: Received, actor: Actor, at: datetime, notice: ProviderNotice | None = None) -> Payment:
    """Book the money and confirm the booking; told twice, it happens once.

    A booking that lapsed takes its places again. Where that is not possible (places gone, cancelled, paid twice, only a
    part of the price) the money is to be given back: never paid without a place. Another amount settles nothing, is in the ledger all the
    same, and is shown to the team. The price may come in several payments: the last one confirms.
    """
    booking = Booking.objects.select_for_update().get(pk=payment.booking_id)
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    if notice is not None:
        ProviderNotice.objects.bulk_create([notice], ignore_conflicts=True)
    source = received.source or f"received:{payment.reference}"
    if payment.state not in BEFORE_MONEY or payment.trouble or LedgerEntry.objects.filter(source=source).exists():
        return payment
    if received.charge_id:
        payment.charge_id = received.charge_id
    payment.tip_cents += received.tip_cents
    if received.currency != CURRENCY:
        return _put_aside(payment, Stray.Why.CURRENCY, received, source, at)
    entry = {"at": at, "payment": payment}
    write_ledger(booking, LedgerEntry.Kind.RECEIVED, received.amount_cents, source=source, **entry)
    write_ledger(booking, LedgerEntry.Kind.FEE, received.fee_cents, source=f"fee:{source}", **entry)
    payment.received_cents += received.amount_cents
    if payment.received_cents != payment.amount_cents:
        return _put_aside(payment, Stray.Why.AMOUNT, received, source, at)
    return _whole(payment, booking, actor, at)


def _whole(payment: Payment, booking: Booking, actor: Actor, at: datetime) -> Payment:
    payment.state, payment.paid_at = Payment.State.PAID, at
    _saved(payment)
    facts = {"payment": payment.reference, "amount_cents": payment.received_cents, "provider": payment.provider}
    try:
        kind = _take_place(booking, actor, at)
    except Refused as refused:
        why = Refund.Why.TWICE if isinstance(refused, AlreadyConfirmed) else Refund.Why.NO_PLACE
        lost = {"payment": payment.reference, "why": refused.code}
        record("payment.without_place", actor=actor, at=at, event_id=booking.event_id, about=booking, **lost)
        list_refund(payment, payment.received_cents, why=why, at=at)
    else:
        record(kind, actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
        booking.refresh_from_db(fields=["state"])
        give_back_excess(payment, balance_of(booking), at)
    return payment


def give_back_excess(payment: Payment, balance: Balance, at: datetime) -> None:
    """What came beside the price, in the last of several payments, goes back."""
    if (excess := balance.kept_cents - balance.price_cents) > 0:
        list_refund(payment, min(excess, payment.refundable_cents), why=Refund.Why.AMOUNT, at=at)


def _take_place(booking: Booking, actor: Actor, at: datetime) -> str:
    """Confirm a booking of which nothing more is owed; what happened, for the journal.

    Raises:
        Refused: it was paid before, has ended, its places are gone, or it lapsed and only a part came.
    """
    balance = balance_of(booking)
    if booking.state == Booking.State.CONFIRMED and balance.kept_cents <= balance.price_cents:
        return "payment.received"  # it was confirmed before it was paid: a purchase order, an unpaid cheque
    if booking.state == Booking.State.HELD and balance.missing_cents:
        return "payment.part_received"
    if booking.state == Booking.State.LAPSED and owed_by(booking):
        raise BookingLapsed()  # a part of the price does not take places again
    confirm_booking(booking, actor=actor, at=at)
    return "payment.received"


def _put_aside(payment: Payment, why: Stray.Why, received: Received, source: str, at: datetime) -> Payment:
    payment.trouble = why
    keep_stray(
        provider=payment.provider,
        name=source,
        why=why,
        amount_cents=received.amount_cents,
        currency=received.currency,
        payment=payment,
        at=at,
    )
    return _saved(payment)


def _saved(payment: Payment) -> Payment:
    payment.save(update_fields=["state", "paid_at", "trouble", "received_cents", "tip_cents", "charge_id"])
    return payment
