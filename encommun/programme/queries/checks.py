"""What is odd in the draft, over plain rows. Warnings never block: the team knows better."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from typing import Any

#: What it takes to walk from one venue to the other.
BETWEEN_VENUES = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A placed session, as the checks see it.

    Attributes:
        people: what each person is known by (account or address) -> her name.
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


def check(sessions: Iterable[Placed], slots: Iterable[Span]) -> list[Warned]:
    """Every oddity, in the order of the programme, information last."""
    placed = sorted(sessions, key=lambda one: (one.starts_at, one.code))
    spans = list(slots)
    found = [
        *(warned for one, other in combinations(placed, 2) for warned in _of_two(one, other)),
        *(warned for one in placed for warned in _of_one(one, spans)),
    ]
    return sorted(found, key=lambda warned: warned.is_info)


def _of_two(one: Placed, other: Placed) -> Iterator[Warned]:
    codes = (one.code, other.code)
    titles = {"one": one.title, "other": other.title}
    names = [name for key, name in one.people.items() if key in other.people]
    if one.overlaps(other.starts_at, other.ends_at):
        if one.room == other.room:
            yield Warned(kind="room", codes=codes, facts=titles | {"room": one.room_name})
        for name in names:
            yield Warned(kind="person", codes=codes, facts=titles | {"name": name})
        if one.is_plenary or other.is_plenary:
            first, second = (one, other) if one.is_plenary else (other, one)
            yield Warned(kind="plenary", codes=(first.code, second.code), facts={"one": first.title, "other": second.title})
    elif one.venue != other.venue and timedelta(0) <= other.starts_at - one.ends_at < BETWEEN_VENUES:
        for name in names:
            yield Warned(kind="walk", codes=codes, facts=titles | {"name": name})


def _of_one(one: Placed, spans: list[Span]) -> Iterator[Warned]:
    facts = {"one": one.title}
    if any(span.is_break and one.overlaps(span.starts_at, span.ends_at) for span in spans):
        yield Warned(kind="break", codes=(one.code,), facts=facts)
    elif spans and not any(not s.is_break and s.starts_at <= one.starts_at and one.ends_at <= s.ends_at for s in spans):
        yield Warned(kind="outside", codes=(one.code,), facts=facts)
    if not one.has_note_taker:
        yield Warned(kind="no_notes", codes=(one.code,), facts=facts, is_info=True)
