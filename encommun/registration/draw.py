"""A fair draw: the same seed and the same wishes always give the same places, so that anybody can compute it again.

Everybody is put in an order that nobody could choose: by the SHA-256 of «seed:person». In turn, each gets her dearest wish
that still has a place and does not clash with what she has; the next round goes through the same people backwards, until
a round gives nothing. So nobody gets a second place before everybody had a chance of a first one.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Room:
    """A workshop to draw for: its places, those that are kept, and when it is (minutes since any origin)."""

    seats: int
    kept: int
    starts: int
    ends: int


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody's wishes, the dearest first, and the spans that she has already."""

    wishes: Sequence[str]
    has_priority: bool = False
    busy: Sequence[tuple[int, int]] = ()


def order(seed: str, people: Mapping[str, Person]) -> list[str]:
    """The order of the first round."""
    return sorted(people, key=lambda name: hashlib.sha256(f"{seed}:{name}".encode()).hexdigest())


def draw(seed: str, workshops: Mapping[str, Room], people: Mapping[str, Person]) -> list[tuple[str, str, str]]:
    """Who gets which place, in the order of giving: person, workshop, «open» or «kept»."""
    left = {code: {"open": room.seats - room.kept, "kept": room.kept} for code, room in workshops.items()}
    busy = {name: list(person.busy) for name, person in people.items()}
    wishes = {name: [code for code in person.wishes if code in workshops] for name, person in people.items()}
    given: list[tuple[str, str, str]] = []
    turn, found = order(seed, people), True
    while found:
        found = False
        for name in turn:
            code = _next(name, people[name], wishes, workshops, left, busy)
            if code is None:
                continue
            pool = "kept" if people[name].has_priority and left[code]["kept"] else "open"
            left[code][pool] -= 1
            busy[name].append((workshops[code].starts, workshops[code].ends))
            wishes[name].remove(code)
            given.append((name, code, pool))
            found = True
        turn = turn[::-1]
    return given


def _next(
    name: str,
    person: Person,
    wishes: Mapping[str, list[str]],
    workshops: Mapping[str, Room],
    left: Mapping[str, Mapping[str, int]],
    busy: Mapping[str, list[tuple[int, int]]],
) -> str | None:
    for code in wishes[name]:
        room = workshops[code]
        free = left[code]["open"] + (left[code]["kept"] if person.has_priority else 0)
        if free and not any(room.starts < end and start < room.ends for start, end in busy[name]):
            return code
    return None
