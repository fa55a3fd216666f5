"""Send the link of a booking again."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.registration.models import Booking, Seat
from encommun.registration.rules import keeps_registration, may_name_seat


@transaction.atomic
def resend_link(booking: Booking, *, actor: Actor, at: datetime) -> None:
    """Ask for the letter with the booking's link once more; links given so far go on working.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, booking.event_id))
    record("registration.link_asked", actor=actor, at=at, event_id=booking.event_id, about=booking)


@transaction.atomic
def resend_seat_link(seat: Seat, *, actor: Actor, at: datetime) -> None:
    """Ask for the letter with the link of a pass once more, to the address that is on it: who booked does not see that link.

    Raises:
        NotAllowed, BookingEnded, BookingLapsed
    """
    require(may_name_seat(actor, seat))
    record("registration.seat_link_asked", actor=actor, at=at, event_id=seat.booking.event_id, about=seat)
