"""Who booked pays in another way than chosen at first."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.payment.queries.ways import methods_open
from encommun.payment.refusals import WayNotOpen
from encommun.registration.models import Booking
from encommun.registration.rules import HOLD, may_pay, may_see_booking


@transaction.atomic
def choose_way(booking: Booking, *, method: str, actor: Actor, at: datetime) -> Booking:
    """Change the way of paying of a booking that waits for it: a page keeps places for minutes, a transfer for days.

    Raises:
        NotAllowed, WayNotOpen, AlreadyConfirmed, BookingEnded, BookingLapsed
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=booking.pk)
    require(may_see_booking(actor, booking), may_pay(booking, at))
    if method not in methods_open(booking.event):
        raise WayNotOpen()
    if method == booking.payment_method:
        return booking
    booking.payment_method = method
    booking.held_until = at + HOLD if method == "card" else None
    booking.save(update_fields=["payment_method", "held_until"])
    record("payment.way_chosen", actor=actor, at=at, event_id=booking.event_id, about=booking, method=method)
    return booking
