"""Confirm a booking: it is paid, or the team says so."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.journal.commands import record
from encommun.registration.commands.keep_fund import give_to_fund
from encommun.registration.commands.places import take_places
from encommun.registration.commands.vouchers import use_again
from encommun.registration.models import Booking
from encommun.registration.refusals import AlreadyConfirmed, BookingEnded


@transaction.atomic
def confirm_booking(booking: Booking, *, actor: Actor, at: datetime) -> Booking:
    """Confirm. A booking that lapsed takes its places again, if they are free.

    Called by ``payment`` (settle), which answers for the money; no page calls it by itself.

    Raises:
        AlreadyConfirmed, BookingEnded, SoldOut (its code used up meanwhile is one too)
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=booking.pk)
    if booking.state == Booking.State.CONFIRMED:
        raise AlreadyConfirmed()
    if booking.state == Booking.State.CANCELLED:
        raise BookingEnded()
    retaken = booking.state == Booking.State.LAPSED
    booking.state, booking.confirmed_at = Booking.State.CONFIRMED, at
    booking.held_until = booking.ended_at = None
    booking.save(update_fields=["state", "confirmed_at", "held_until", "ended_at"])
    facts = {"retaken": retaken, "total_cents": booking.total_cents}
    record("registration.booking_confirmed", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    if retaken:
        use_again(booking, at=at)
        take_places(booking, list(booking.seats.select_related("pass_type")), actor=actor, at=at)
    give_to_fund(booking, actor=actor, at=at)
    return booking
