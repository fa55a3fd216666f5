"""Give back the places of bookings that were not paid in time."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import SYSTEM
from encommun.journal.commands import record
from encommun.registration.commands.places import give_places_back
from encommun.registration.models import Booking


def lapse_holds(*, at: datetime, spare: Collection[int] = (), most: int = 500) -> int:
    """Lapse every hold that has run out; answer how many. One short transaction a booking.

    Args:
        spare: bookings whose payment could not be asked about just now (``payment.tasks``): they wait a little.
    """
    due = Booking.objects.filter(state=Booking.State.HELD, held_until__lte=at).exclude(pk__in=spare)
    return sum(_lapse(pk, at) for pk in due.order_by("held_until").values_list("pk", flat=True)[:most])


@transaction.atomic
def _lapse(pk: int, at: datetime) -> bool:
    booking = Booking.objects.select_for_update().get(pk=pk)
    if booking.state != Booking.State.HELD or booking.held_until is None or booking.held_until > at:
        return False  # paid, cancelled or extended a moment ago
    booking.state, booking.ended_at = Booking.State.LAPSED, at
    booking.save(update_fields=["state", "ended_at"])
    record("registration.booking_lapsed", actor=SYSTEM, at=at, event_id=booking.event_id, about=booking)
    give_places_back(booking, actor=SYSTEM, at=at)
    return True
