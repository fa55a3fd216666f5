"""What follows about money, after commit: each may run twice without harm. The provider is asked outside transactions."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q

from encommun.foundation.actor import SYSTEM
from encommun.journal.models import Entry
from encommun.payment.commands import (
    Received,
    give_up_payment,
    mark_refunded,
    note_look,
    refund_booking,
    settle,
    write_ledger,
)
from encommun.payment.models import LedgerEntry, Payment, ProviderNotice
from encommun.payment.providers import card
from encommun.payment.refusals import NothingToRefund, ProviderUnreachable
from encommun.registration.commands import lapse_holds
from encommun.registration.models import Booking

log = logging.getLogger("encommun.payment")
LOOK_AGAIN = timedelta(minutes=5)
WAIT_FOR_PROVIDER = timedelta(hours=1)  # how long a hold outlives its end while the provider cannot be asked


def booking_of(entry: Entry) -> Booking:
    """The booking that an entry is about."""
    return Booking.objects.select_related("event").get(code=entry.about.rpartition(":")[2])


def note_due(entry: Entry) -> None:
    """Passes were booked: their price is due."""
    booking = booking_of(entry)
    write_ledger(booking, LedgerEntry.Kind.DUE, booking.total_cents, source=f"due:{booking.code}", at=entry.at)


def note_due_again(entry: Entry) -> None:
    """A lapsed booking took its places again: its price is due again."""
    if entry.facts.get("retaken"):
        booking = booking_of(entry)
        write_ledger(booking, LedgerEntry.Kind.DUE, booking.total_cents, source=f"due:{booking.code}:{entry.pk}", at=entry.at)


def note_no_longer_due(entry: Entry) -> None:
    """A booking lapsed or was cancelled: nothing is due any more, and what was paid goes back."""
    booking = booking_of(entry)
    source = f"no-longer-due:{booking.code}:{entry.pk}"
    write_ledger(booking, LedgerEntry.Kind.CANCELLED, booking.total_cents, source=source, at=entry.at)
    refund_booking(booking, at=entry.at)


def look_at(payment: Payment, *, at: datetime, close: bool = False, notice: ProviderNotice | None = None) -> Payment:
    """Ask the provider about a card payment, and do what its answer means.

    Args:
        close: nobody may pay there any more: an open page is closed.

    Raises:
        ProviderUnreachable
    """
    if not payment.provider_id:  # the page was never reached by anybody
        return give_up_payment(payment, at=at) if close else payment
    facts = card.read_session(payment.provider_id)
    if close and facts.status == "open":
        facts = card.expire_session(payment.provider_id)
    note_look(payment, at=at)
    if facts.is_paid:
        received = Received(amount_cents=facts.amount_cents, currency=facts.currency)
        return settle(payment, received=received, actor=SYSTEM, at=at, notice=notice)
    if notice is not None:
        ProviderNotice.objects.bulk_create([notice], ignore_conflicts=True)
    return give_up_payment(payment, at=at) if facts.status == "expired" else payment


def look_at_payments(*, at: datetime, most: int = 100) -> int:
    """Ask about card payments that wait: a notification may have been lost. Pages of ended bookings are closed."""
    if not settings.CONFIG.card_secret_key:
        return 0
    waiting = Payment.objects.filter(provider=Payment.Provider.CARD, state=Payment.State.WAITING, trouble="")
    due = waiting.filter(Q(looked_at=None, asked_at__lte=at - LOOK_AGAIN) | Q(looked_at__lte=at - LOOK_AGAIN))
    looked = 0
    for payment in due.select_related("booking").order_by(F("looked_at").asc(nulls_first=True))[:most]:
        try:
            look_at(payment, at=at, close=payment.booking.state != Booking.State.HELD)
            looked += 1
        except ProviderUnreachable:
            log.warning("The card provider could not be asked about payment %s", payment.pk)
            note_look(payment, at=at)
    return looked


def lapse_unpaid(*, at: datetime) -> int:
    """Lapse holds that have run out, after asking the provider about those who may have just paid."""
    paying = Payment.objects.filter(
        state=Payment.State.WAITING,
        provider=Payment.Provider.CARD,
        booking__state=Booking.State.HELD,
        booking__held_until__lte=at,
    )
    spare = []
    for payment in paying.select_related("booking").order_by("pk")[:200]:
        try:
            look_at(payment, at=at, close=True)
        except ProviderUnreachable:
            if payment.booking.held_until > at - WAIT_FOR_PROVIDER:
                spare.append(payment.booking_id)
    return lapse_holds(at=at, spare=spare)


def send_refunds(*, at: datetime, most: int = 50) -> int:
    """Give back by card what is to be refunded. Transfers back are made, and marked, by the team."""
    if not settings.CONFIG.card_secret_key:
        return 0
    done = 0
    for payment in Payment.objects.filter(provider=Payment.Provider.CARD, state=Payment.State.TO_REFUND).order_by("pk")[:most]:
        try:
            refund = card.refund_session(payment.provider_id, reference=payment.reference)
            mark_refunded(payment, provider_refund_id=refund, actor=SYSTEM, at=at)
            done += 1
        except ProviderUnreachable:
            log.warning("The card provider could not refund payment %s yet", payment.pk)
        except NothingToRefund:
            continue  # another worker was first
    return done
