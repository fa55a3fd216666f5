"""Test mode: the team books, pays nothing, and everything is swept away before the opening."""

from datetime import datetime

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM, Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.registration.commands.places import give_places_back
from encommun.registration.models import Booking, PassType
from encommun.registration.refusals import TrialOver
from encommun.registration.rules import keeps_registration


@transaction.atomic
def begin_trial(event: Event, *, actor: Actor, at: datetime) -> None:
    """Close the sale to the public; what the team books from now on is a trial.

    Raises:
        NotAllowed, TrialOver
    """
    require(keeps_registration(actor, event.pk))
    kinds = PassType.objects.select_for_update().filter(event=event)
    list(kinds)
    if Booking.objects.filter(event=event, is_test=False).exists():
        raise TrialOver()
    kinds.update(is_test=True)
    record("registration.trial_begun", actor=actor, at=at, event_id=event.pk, about=event, public=True)


@transaction.atomic
def end_trial(event: Event, *, actor: Actor, at: datetime) -> int:
    """Give back what the trial booked, and open to the public at the dates of each pass; answer how many bookings went.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, event.pk))
    PassType.objects.filter(event=event).update(is_test=False)
    living = (Booking.State.HELD, Booking.State.CONFIRMED)
    tried = list(Booking.objects.select_for_update().filter(event=event, is_test=True, state__in=living).order_by("pk"))
    for booking in tried:
        booking.state, booking.ended_at, booking.held_until = Booking.State.CANCELLED, at, None
        booking.save(update_fields=["state", "ended_at", "held_until"])
        record("registration.trial_swept", actor=SYSTEM, at=at, event_id=event.pk, about=booking)
        give_places_back(booking, actor=SYSTEM, at=at)
    record("registration.trial_ended", actor=actor, at=at, event_id=event.pk, about=event, public=True, bookings=len(tried))
    return len(tried)
