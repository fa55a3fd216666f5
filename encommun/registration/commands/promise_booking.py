"""Confirm a booking on the promise of a purchase order: not paid for weeks, and not lapsing."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.registration.models import Booking
from encommun.registration.rules import may_pay


@transaction.atomic
def promise_booking(booking: Booking, *, actor: Actor, at: datetime) -> Booking:
    """Confirm what waits for its payment: tickets open the door, and the price stays due.

    Called by ``invoicing`` (receive_order), which answers for the order; no page calls it by itself.

    Raises:
        AlreadyConfirmed, BookingEnded, BookingLapsed
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=booking.pk)
    require(may_pay(booking, at))
    booking.state, booking.confirmed_at = Booking.State.CONFIRMED, at
    booking.payment_method, booking.held_until = "order", None
    booking.save(update_fields=["state", "confirmed_at", "payment_method", "held_until"])
    record("registration.booking_confirmed", actor=actor, at=at, event_id=booking.event_id, about=booking, promised=True)
    return booking
