"""A day of the programme by time, with the line and the column of each thing for wide screens.

Lines are the stretches between two moments at which something begins or ends, so that each is as high as what it holds.
Each room has a column; two sessions of a room that share a moment stand beside each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from encommun.programme.queries.programme import Break, Programme, Room, Shown

MOST_COLUMNS, MOST_LINES = 12, 48  # what programme.css has classes for


@dataclass(frozen=True, kw_only=True)
class Item:
    """A session or a break with its place in the grid."""

    session: Shown | None
    rest: Break | None
    line: int
    lines: int
    column: int | None  # None: across all rooms


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What begins at one time."""

    starts_at: datetime
    line: int
    items: list[Item]


@dataclass(frozen=True, kw_only=True)
class Column:
    room: Room
    first: int
    width: int


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day; ``columns`` is empty when there are too many rooms for a grid."""

    date: date
    moments: list[Moment]
    columns: list[Column]
    width: int


def timetable(programme: Programme, sessions: Iterable[Shown], *, with_breaks: bool, as_list: bool = False) -> list[Day]:
    """The days on which something of ``sessions`` happens.

    Args:
        as_list: by time only, also on wide screens.
    """
    placed = [one for one in sessions if one.starts_at]
    days = sorted({one.day for one in placed if one.day})
    found = [_day(programme, day, [one for one in placed if one.day == day], with_breaks) for day in days]
    return [replace(day, columns=[], width=0) for day in found] if as_list else found


def _day(programme: Programme, day: date, sessions: list[Shown], with_breaks: bool) -> Day:
    breaks = [one for one in programme.breaks if one.day == day] if with_breaks else []
    things: list[Shown | Break] = [*sessions, *breaks]
    edges = sorted({moment for one in things for moment in (one.starts_at, one.ends_at) if moment})
    line_of = {moment: line for line, moment in enumerate(edges, 2)}  # the first line holds the names of rooms
    columns, lanes, width = _columns(programme.rooms, sessions)
    items = []
    for one in things:
        if one.starts_at is None or one.ends_at is None:
            continue
        line = line_of[one.starts_at]
        session = one if isinstance(one, Shown) else None
        across = session is None or _stands_alone(session, things)
        items.append(
            Item(
                session=session,
                rest=one if isinstance(one, Break) else None,
                line=line,
                lines=line_of[one.ends_at] - line,
                column=None if across else lanes[one.code],
            )
        )
    items.sort(key=lambda item: (item.line, item.column or 0))
    moments = [
        Moment(starts_at=edges[line - 2], line=line, items=list(group))
        for line, group in groupby(items, key=lambda item: item.line)
    ]
    fits = width <= MOST_COLUMNS and len(edges) < MOST_LINES
    return Day(date=day, moments=moments, columns=columns if fits else [], width=width if fits else 0)


def _stands_alone(session: Shown, things: list[Shown | Break]) -> bool:
    if not session.is_plenary:
        return False
    return not any(one is not session and _overlap(session, one) for one in things)


def _overlap(one: Shown | Break, other: Shown | Break) -> bool:
    if one.starts_at is None or one.ends_at is None or other.starts_at is None or other.ends_at is None:
        return False
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _columns(rooms: list[Room], sessions: list[Shown]) -> tuple[list[Column], dict[str, int], int]:
    """Columns of the rooms in use, the column of each session, and how many there are (the first holds the times)."""
    columns, column_of, width = [], {}, 1
    for room in rooms:
        here = [one for one in sessions if one.room is not None and one.room.key == room.key]
        if not here:
            continue
        lanes: list[list[Shown]] = []
        for one in here:
            lane = next((n for n, former in enumerate(lanes) if not any(_overlap(one, other) for other in former)), len(lanes))
            if lane == len(lanes):
                lanes.append([])
            lanes[lane].append(one)
            column_of[one.code] = width + lane + 1
        columns.append(Column(room=room, first=width + 1, width=len(lanes)))
        width += len(lanes)
    return columns, column_of, width
