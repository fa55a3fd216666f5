"""Begin to pay a booking on a provider's page."""

from datetime import datetime, timedelta

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.payment.commands.give_up_payment import give_up_payment
from encommun.payment.models import Payment
from encommun.payment.queries.balances import owed_by
from encommun.payment.queries.ways import online_ways
from encommun.payment.refusals import CardNotOffered
from encommun.payment.rules import is_paid_online
from encommun.registration.commands import extend_hold
from encommun.registration.models import Booking
from encommun.registration.rules import may_pay, may_see_booking

A_MOMENT = timedelta(minutes=1)


@transaction.atomic
def start_payment(booking: Booking, *, provider: str = "", actor: Actor, at: datetime) -> Payment:
    """The payment of a booking: the one that waits, or a new one. The places are kept a little longer, once.

    Args:
        provider: one of the event's payment pages; empty: the first.

    Raises:
        NotAllowed, CardNotOffered, AlreadyConfirmed, BookingEnded, BookingLapsed
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=booking.pk)
    offered = online_ways(booking.event)
    require(may_see_booking(actor, booking), is_paid_online(booking, offered), may_pay(booking, at))
    provider = provider or offered[0]
    if provider not in offered:
        raise CardNotOffered()
    extend_hold(booking, actor=actor, at=at)
    waiting = booking.payments.filter(state=Payment.State.WAITING, provider=provider, trouble="").first()
    if waiting is not None and (waiting.page_url or waiting.asked_at > at - A_MOMENT):
        return waiting
    if waiting is not None:  # the provider was down: its page was never made, and is asked for anew
        give_up_payment(waiting, at=at)
    payment = Payment.objects.create(
        booking=booking,
        provider=provider,
        amount_cents=owed_by(booking),
        reference=f"{booking.code}-{new_code(6)}",
        asked_at=at,
    )
    record("payment.started", actor=actor, at=at, event_id=booking.event_id, about=booking, payment=payment.reference)
    return payment


@transaction.atomic
def keep_page(payment: Payment, *, provider_id: str, page_url: str) -> Payment:
    """Keep where the provider's page is, as soon as the provider told it."""
    Payment.objects.filter(pk=payment.pk).update(provider_id=provider_id, page_url=page_url)
    payment.provider_id, payment.page_url = provider_id, page_url
    return payment


@transaction.atomic
def note_look(payment: Payment, *, at: datetime) -> None:
    """Note when the provider was last asked."""
    Payment.objects.filter(pk=payment.pk).update(looked_at=at)
