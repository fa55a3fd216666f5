"""What schedule.xml and schedule.json share."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from encommun.programme.queries import Programme, Shown
from encommun.programme.rules import DAY_CHANGES_AT, moment_on


def standing(programme: Programme) -> list[Shown]:
    """Placed sessions that take place: these formats cannot say «cancelled», and readers remove what is gone."""
    return [one for one in programme.placed if not one.is_cancelled]


def days_of(programme: Programme) -> Iterator[tuple[int, date, datetime, datetime, dict[str, list[Shown]]]]:
    """Index, date, start and end of each day, and its sessions by the name of the room."""
    zone = programme.event.zone
    for index, day in enumerate(programme.event.days, 1):
        start = moment_on(day, DAY_CHANGES_AT, zone)
        end = moment_on(day + timedelta(days=1), DAY_CHANGES_AT, zone) - timedelta(minutes=1)
        today = [one for one in standing(programme) if one.day == day]
        rooms = {room.full_name: [one for one in today if one.room == room] for room in programme.rooms}
        yield index, day, start, end, {name: here for name, here in rooms.items() if here}


def length(session: Shown) -> str:
    """«01:30»: two digits each."""
    return f"{session.minutes // 60:02}:{session.minutes % 60:02}"


def short_name(programme: Programme, session: Shown) -> str:
    """«nec2018-k7m2qx», unique and stable."""
    return f"{programme.event.acronym.replace('-', '_')}-{session.code.lower()}"
