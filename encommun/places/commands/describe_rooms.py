"""Describe the rooms of a venue, and when they are closed."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.places.models import Closure, Equipment, Layout, Room, Venue
from encommun.places.refusals import ClosureEndsFirst, NameMissing, RoomInUse
from encommun.places.rules import may_describe


@dataclass(frozen=True, kw_only=True)
class RoomText:
    """A room, as written down. ``room`` None: a new one."""

    name: str
    room: int | None = None
    capacity: int = 0
    capacities: dict[str, int] = field(default_factory=dict)
    floor: str = ""
    step_free: bool = True
    hearing_loop: bool = False
    quiet: bool = False
    holds_several: bool = False
    equipment: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ClosureText:
    """A span during which a room cannot be used."""

    room: int
    starts_at: datetime
    ends_at: datetime
    reason: str = ""


@transaction.atomic
def set_rooms(venue: Venue, rooms: Iterable[RoomText], *, event_id: int, actor: Actor, at: datetime) -> None:
    """Write the rooms of a venue, in this order; those that are not named any more go, unless sessions stand in them.

    Raises:
        NotAllowed: the actor does not compose the event's programme.
        NameMissing, RoomInUse: a room has a name, and stays while it is used.
    """
    require(may_describe(actor, event_id))
    wanted = list(rooms)
    former = {room.pk: room for room in venue.rooms.select_for_update()}
    kept = {text.room for text in wanted}
    for number, room in former.items():
        if number not in kept:
            if room.sessions.exists():
                raise RoomInUse(room=room.name)
            room.delete()
    slugs = {room.slug for room in former.values()}
    for position, text in enumerate(wanted):
        known = former.get(text.room) if text.room else None
        room = known or Room(venue=venue, slug=_free(text.name, slugs))
        _write(room, text)
        room.position = position
        room.save()
    venue.updated_at = at
    venue.save(update_fields=["updated_at"])
    record("places.rooms_described", actor=actor, at=at, event_id=event_id, about=venue, public=True, rooms=len(wanted))


def _write(room: Room, text: RoomText) -> None:
    room.name, room.floor, room.capacity = clean_line(text.name), clean_line(text.floor), text.capacity
    if not room.name:
        raise NameMissing()
    room.capacities = {layout: number for layout, number in text.capacities.items() if layout in Layout.values}
    room.step_free, room.hearing_loop, room.quiet = text.step_free, text.hearing_loop, text.quiet
    room.holds_several = text.holds_several
    room.equipment = [code for code in Equipment.values if code in text.equipment]


def _free(name: str, taken: set[str]) -> str:
    plain = slugify(name)[:50] or "salle"
    slug, n = plain, 2
    while slug in taken:
        slug, n = f"{plain}-{n}", n + 1
    taken.add(slug)
    return slug


@transaction.atomic
def set_closures(venue: Venue, closures: Iterable[ClosureText], *, event_id: int, actor: Actor, at: datetime) -> None:
    """Replace the spans during which rooms of a venue are closed.

    Raises:
        NotAllowed: the actor does not compose the event's programme.
        ClosureEndsFirst: a span ends before it begins.
    """
    require(may_describe(actor, event_id))
    rooms = {room.pk for room in venue.rooms.all()}
    wanted = [one for one in closures if one.room in rooms]
    if any(one.ends_at <= one.starts_at for one in wanted):
        raise ClosureEndsFirst()
    Closure.objects.filter(room__venue=venue).delete()
    Closure.objects.bulk_create(
        Closure(room_id=one.room, starts_at=one.starts_at, ends_at=one.ends_at, reason=clean_line(one.reason)) for one in wanted
    )
    record("places.closures_set", actor=actor, at=at, event_id=event_id, about=venue, closures=len(wanted))
