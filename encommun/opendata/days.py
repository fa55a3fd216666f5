"""What the files of a programme share."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.text import slugify

from encommun.programme.queries import Programme, Room, Shown
from encommun.programme.rules import DAY_CHANGES_AT, moment_on

#: What XML 1.0 cannot hold. Texts typed in forms have none of it; those of old imports may.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """A text that every reader of XML accepts."""
    return NOT_IN_XML.sub("", text)


def standing(programme: Programme) -> list[Shown]:
    """Placed sessions that take place: these formats cannot say «cancelled», and readers remove what is gone."""
    return [one for one in programme.placed if not one.is_cancelled]


def room_names(programme: Programme) -> dict[str, str]:
    """The name of each room by its key, no two alike: readers know rooms by their name."""
    times = Counter(room.full_name for room in programme.rooms)
    names: dict[str, str] = {}
    for room in programme.rooms:
        name = room.full_name
        if times[name] > 1 and room.floor:
            name = f"{name} ({room.floor})"
        step = 2
        while name in names.values():
            name, step = f"{room.full_name} ({step})", step + 1
        names[room.key] = name
    return names


def days_of(programme: Programme) -> Iterator[tuple[int, date, datetime, datetime, list[tuple[Room, str, list[Shown]]]]]:
    """Index, date, start and end of each day, and its rooms with their sessions.

    The days are those of the gathering and those of published sessions: dates that move later take nothing away.
    """
    zone, names = programme.event.zone, room_names(programme)
    by_place: dict[tuple[date | None, str], list[Shown]] = {}
    for one in standing(programme):
        if one.room is not None:
            by_place.setdefault((one.day, one.room.key), []).append(one)
    days = sorted({*programme.event.days, *(day for day, _room in by_place if day)})
    for index, day in enumerate(days, 1):
        start = moment_on(day, DAY_CHANGES_AT, zone)
        end = moment_on(day + timedelta(days=1), DAY_CHANGES_AT, zone) - timedelta(minutes=1)
        rooms = [(room, names[room.key], by_place[day, room.key]) for room in programme.rooms if (day, room.key) in by_place]
        yield index, day, start, end, rooms


def length(session: Shown) -> str:
    """«01:30»: two digits each."""
    return f"{session.minutes // 60:02}:{session.minutes % 60:02}"


def acronym(programme: Programme) -> str:
    """The short name of the gathering in the alphabet of schedule files."""
    return programme.event.acronym.replace("-", "_").ljust(4, "_")


def short_name(programme: Programme, session: Shown) -> str:
    """«nec2018-k7m2qx», unique and stable."""
    return f"{acronym(programme)}-{session.code.lower()}"


def slug_of_room(room: Room) -> str:
    """«stereolux-maxi»."""
    return slugify(room.key.replace("/", "-")) or "room"


def proposal_address(programme: Programme, session: Shown) -> str:
    """Where the proposal that it comes from is told; empty if it comes from none."""
    if not session.proposal:
        return ""
    return settings.CONFIG.base_url + reverse("call:proposal", args=[programme.event.slug, session.proposal])
