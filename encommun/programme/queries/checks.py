"""What is odd in the draft, over plain rows. Warnings never block: the team knows better."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

#: What it takes to walk from one venue to the other, where nobody said it.
BETWEEN_VENUES = 15
#: No walk is longer.
LONGEST_WALK = timedelta(hours=3)

#: Hours that are kind to somebody who speaks from afar, where she is.
KIND = (time(8), time(20))

type Walks = Mapping[tuple[int, int], int]  # pairs of venues, in both orders -> minutes


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A placed session, as the checks see it.

    Attributes:
        kind: ``session``, ``plenary``, ``break``, ``open_space`` or ``stand``.
        people: what each person is known by (account or address) -> her name.
        spans: what a person is known by -> when she can be there; not named there: at any time.
        wishes: what a person is known by -> when she would rather be there; under the empty key, where the session would.
        zones: what a person who speaks from afar is known by -> her time zone.
        lacks: codes of what its room lacks (``queries/fitting.py``).
        shares: its room holds several things at once.
        closed: the spans during which its room is closed.
        continues: the code of the session that it continues.
    """

    code: str
    title: str
    room: int
    room_name: str
    venue: int
    starts_at: datetime
    ends_at: datetime
    is_plenary: bool
    people: dict[str, str]
    has_note_taker: bool
    kind: str = "session"
    spans: dict[str, list[tuple[datetime, datetime]]] = field(default_factory=dict)
    wishes: dict[str, list[tuple[datetime, datetime]]] = field(default_factory=dict)
    zones: dict[str, ZoneInfo] = field(default_factory=dict)
    lacks: tuple[str, ...] = ()
    public: int = 0
    capacity: int = 0
    shares: bool = False
    closed: tuple[tuple[datetime, datetime], ...] = ()
    continues: str = ""
    at_once: bool = False
    language: str = "fr"

    def overlaps(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether a moment is shared; back-to-back is no clash."""
        return self.starts_at < ends_at and starts_at < self.ends_at


@dataclass(frozen=True, kw_only=True)
class Span:
    """A slot of the day, as the checks see it."""

    starts_at: datetime
    ends_at: datetime
    is_break: bool


@dataclass(frozen=True, kw_only=True)
class Warned:
    """Something odd. ``codes`` are the sessions concerned; ``words.py`` has the sentence of each ``kind``."""

    kind: str
    codes: tuple[str, ...]
    facts: dict[str, Any]
    is_info: bool = False


def check(sessions: Iterable[Placed], slots: Iterable[Span], walks: Walks | None = None) -> list[Warned]:
    """Every oddity, in the order of the programme, information last."""
    placed = sorted(sessions, key=lambda one: (one.starts_at, one.code))
    spans = list(slots)
    found = [
        *(warned for one, other in _near(placed) for warned in _of_two(one, other, walks or {})),
        *(warned for one in placed for warned in _of_one(one, spans)),
        *_of_order(placed),
        *_of_languages(placed),
    ]
    return sorted(found, key=lambda warned: warned.is_info)


def _near(placed: list[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """Pairs that share a moment, or follow within the longest walk."""
    for n, one in enumerate(placed):
        for other in placed[n + 1 :]:
            if other.starts_at >= one.ends_at + LONGEST_WALK:
                break
            yield one, other


def _of_two(one: Placed, other: Placed, walks: Walks) -> Iterator[Warned]:
    codes = (one.code, other.code)
    titles = {"one": one.title, "other": other.title}
    names = [name for key, name in one.people.items() if key in other.people]
    if one.overlaps(other.starts_at, other.ends_at):
        if one.room == other.room and not one.shares:
            yield Warned(kind="room", codes=codes, facts=titles | {"room": one.room_name})
        for name in names:
            yield Warned(kind="person", codes=codes, facts=titles | {"name": name})
        if one.is_plenary or other.is_plenary:
            first, second = (one, other) if one.is_plenary else (other, one)
            if second.kind not in ("stand", "break"):
                yield Warned(kind="plenary", codes=(first.code, second.code), facts={"one": first.title, "other": second.title})
    elif one.venue != other.venue:
        minutes = walks.get((one.venue, other.venue), BETWEEN_VENUES)
        if other.starts_at - one.ends_at < timedelta(minutes=minutes):
            for name in names:
                yield Warned(kind="walk", codes=codes, facts=titles | {"name": name, "minutes": minutes})


def _of_one(one: Placed, spans: list[Span]) -> Iterator[Warned]:
    facts, codes = {"one": one.title}, (one.code,)
    if one.kind not in ("break", "stand"):
        if any(span.is_break and one.overlaps(span.starts_at, span.ends_at) for span in spans):
            yield Warned(kind="break", codes=codes, facts=facts)
        elif spans and not any(not s.is_break and s.starts_at <= one.starts_at and one.ends_at <= s.ends_at for s in spans):
            yield Warned(kind="outside", codes=codes, facts=facts)
    if any(one.overlaps(starts_at, ends_at) for starts_at, ends_at in one.closed):
        yield Warned(kind="closed", codes=codes, facts=facts | {"room": one.room_name})
    for key, name in one.people.items():
        free = one.spans.get(key)
        if free and not _within(one.starts_at, one.ends_at, free):
            yield Warned(kind="available", codes=codes, facts=facts | {"name": name})
    yield from _of_hours(one)
    if "capacity" in one.lacks:
        yield Warned(
            kind="capacity", codes=codes, facts=facts | {"room": one.room_name, "public": one.public, "capacity": one.capacity}
        )
    if missing := tuple(code for code in one.lacks if code != "capacity"):
        yield Warned(kind="lacks", codes=codes, facts=facts | {"room": one.room_name, "lacks": missing})
    if not one.has_note_taker and one.kind in ("session", "plenary"):
        yield Warned(kind="no_notes", codes=codes, facts=facts, is_info=True)


def _of_hours(one: Placed) -> Iterator[Warned]:
    """Hours wished for, and hours where people speak from: the team may know better."""
    facts, codes = {"one": one.title}, (one.code,)
    for key, wished in one.wishes.items():
        if not _within(one.starts_at, one.ends_at, wished):
            more = {"name": one.people[key]} if key else {}
            yield Warned(kind="wished" if key else "wished_itself", codes=codes, facts=facts | more, is_info=True)
    for key, zone in one.zones.items():
        if one.starts_at.astimezone(zone).time() < KIND[0] or one.ends_at.astimezone(zone).time() > KIND[1]:
            where = {"name": one.people[key], "zone": zone, "starts_at": one.starts_at}
            yield Warned(kind="zone", codes=codes, facts=facts | where, is_info=True)


def _within(starts_at: datetime, ends_at: datetime, free: list[tuple[datetime, datetime]]) -> bool:
    """Whether the span is covered; spans that touch are one."""
    reached = starts_at
    for a, b in sorted(free):
        if a <= reached < b:
            reached = b
    return reached >= ends_at


def _of_order(placed: list[Placed]) -> Iterator[Warned]:
    by_code = {one.code: one for one in placed}
    for one in placed:
        former = by_code.get(one.continues)
        if former is None:
            continue
        facts = {"one": former.title, "other": one.title}
        if one.starts_at < former.ends_at:
            yield Warned(kind="order", codes=(former.code, one.code), facts=facts)
        elif one.at_once and (one.starts_at != former.ends_at or one.room != former.room):
            yield Warned(kind="at_once", codes=(former.code, one.code), facts=facts)


def _of_languages(placed: list[Placed]) -> Iterator[Warned]:
    """Those who need another language than French find one thing at a time at most: two at once make them choose."""
    others = sorted((one for one in placed if one.language != "fr"), key=lambda one: one.language)
    for language, group in groupby(others, key=lambda one: one.language):
        for one, other in _near(sorted(group, key=lambda one: (one.starts_at, one.code))):
            if one.overlaps(other.starts_at, other.ends_at):
                facts = {"one": one.title, "other": other.title, "language": language}
                yield Warned(kind="language", codes=(one.code, other.code), facts=facts, is_info=True)
