"""Say which doors a gathering has, and which passes come in by them."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from encommun.checkin.models import Door
from encommun.checkin.refusals import DoorNameMissing
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.registration.rules import keeps_registration


@transaction.atomic
def keep_door(
    event: Event,
    *,
    number: int | None = None,
    name: str,
    passes: Sequence[int] = (),
    is_closed: bool = False,
    actor: Actor,
    at: datetime,
) -> Door:
    """Add a door, or change one. Its scans keep its number.

    Args:
        passes: numbers of the kinds of pass that come in by it; none: all.

    Raises:
        NotAllowed, NotFound, DoorNameMissing
    """
    require(keeps_registration(actor, event.pk))
    name = clean_line(name)[:80]
    if not name:
        raise DoorNameMissing()
    doors = {door.number: door for door in Door.objects.select_for_update().filter(event=event)}
    if number is not None and number not in doors:
        raise NotFound()
    door = doors[number] if number is not None else Door(event=event, number=max(doors, default=0) + 1)
    known = set(event.pass_types.values_list("number", flat=True))
    door.name, door.passes = name, sorted(known & set(passes))
    door.closed_at = (door.closed_at or at) if is_closed else None
    door.save()
    record("checkin.door_kept", actor=actor, at=at, event_id=event.pk, about=door, number=door.number, passes=door.passes)
    return door
