"""Cancel a booking and free its places."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_text
from encommun.journal.commands import record
from encommun.registration.commands.places import give_places_back
from encommun.registration.models import Booking
from encommun.registration.refusals import ReasonMissing
from encommun.registration.rules import keeps_registration, may_cancel, may_see_booking


@transaction.atomic
def cancel_booking(booking: Booking, *, reason: str = "", actor: Actor, at: datetime) -> Booking:
    """Cancel: who booked while nothing is paid; the team at any time, with a reason.

    Raises:
        NotAllowed, AlreadyConfirmed, BookingEnded, BookingLapsed, ReasonMissing
    """
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    require(may_cancel(actor, booking))
    reason = clean_text(reason)[:2000]
    by_team = keeps_registration(actor, booking.event_id) is True
    if by_team and not reason and not _is_own(actor, booking):
        raise ReasonMissing()
    was_confirmed = booking.state == Booking.State.CONFIRMED
    booking.state, booking.ended_at, booking.held_until, booking.cancel_reason = Booking.State.CANCELLED, at, None, reason
    booking.save(update_fields=["state", "ended_at", "held_until", "cancel_reason"])
    facts = {"by_team": by_team, "was_confirmed": was_confirmed}
    record("registration.booking_cancelled", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    give_places_back(booking, actor=actor, at=at)
    return booking


def _is_own(actor: Actor, booking: Booking) -> bool:
    return bool(actor.email) and actor.email == booking.email and may_see_booking(actor, booking) is True
