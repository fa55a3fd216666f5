"""What takes place now, and next, in each room."""

from dataclasses import dataclass
from datetime import datetime

from encommun.programme.queries.programme import Break, Programme, Room, Shown


@dataclass(frozen=True, kw_only=True)
class AtRoom:
    """A room at one moment."""

    room: Room
    now: Shown | None
    next: Shown | None


def now_and_next(programme: Programme, at: datetime, venue: str = "") -> list[AtRoom]:
    """Each room in use on the day, in the order of the venues; without a day under way, the first one to come."""
    standing = [one for one in programme.placed if not one.is_cancelled and one.room is not None]
    rooms = [room for room in programme.rooms if not venue or room.venue.slug == venue]
    found = []
    for room in rooms:
        here = [one for one in standing if one.room == room and one.ends_at is not None and one.ends_at > at]
        under_way = next((one for one in here if one.starts_at is not None and one.starts_at <= at), None)
        to_come = next((one for one in here if one.starts_at is not None and one.starts_at > at), None)
        if under_way or to_come:
            found.append(AtRoom(room=room, now=under_way, next=to_come))
    return found


def pause_at(programme: Programme, at: datetime) -> Break | None:
    """The break or meal that lasts at a moment."""
    return next((one for one in programme.breaks if one.starts_at <= at < one.ends_at), None)


def later_in(programme: Programme, key: str, at: datetime) -> list[Shown]:
    """What is still to come in a room on the day of what comes first."""
    here = [
        one
        for one in programme.placed
        if one.room is not None and one.room.key == key and one.ends_at is not None and one.ends_at > at
    ]
    return [one for one in here if one.day == here[0].day] if here else []
