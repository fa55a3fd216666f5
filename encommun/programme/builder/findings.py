"""Before solving: what cannot fit, seen in milliseconds and without the solver."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from encommun.programme.builder.problem import Problem, Span, why_not_in


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that cannot fit, seen without solving: a code and its facts (keys and numbers)."""

    kind: str
    facts: dict[str, Any] = field(default_factory=dict)


def findings(problem: Problem) -> list[Finding]:
    """What cannot fit, the most general first."""
    return [*_of_time(problem), *_of_rooms(problem), *_of_people(problem), *_of_pins(problem), *_of_orders(problem)]


def _of_time(problem: Problem) -> Iterator[Finding]:
    if not problem.rooms:
        yield Finding("no_rooms")
        return
    if not problem.spans:
        yield Finding("no_spans")
        return
    need = sum(one.minutes for one in problem.sessions if not one.aside)
    alone = sum(one.minutes for one in problem.sessions if one.alone)
    there = sum(b - a for a, b in problem.spans) * sum(1 for room in problem.rooms if not room.several)
    if not any(room.several for room in problem.rooms) and need > there - alone * (len(problem.rooms) - 1):
        yield Finding("too_much", {"need": need, "there": max(0, there - alone * (len(problem.rooms) - 1))})
    longest = max(b - a for a, b in problem.spans)
    for one in problem.sessions:
        if one.minutes > longest and one.fixed_start is None:
            yield Finding("too_long", {"session": one.key, "minutes": one.minutes, "longest": longest})


def _of_rooms(problem: Problem) -> Iterator[Finding]:
    for one in problem.sessions:
        if not problem.rooms or any(not list(why_not_in(one, room)) for room in problem.rooms):
            continue
        nowhere = sorted(need for need in one.needs if not any(need in room.has for room in problem.rooms))
        if nowhere:
            yield Finding("no_equipment", {"session": one.key, "needs": nowhere})
        elif one.least_capacity > max(room.capacity_for(one.layout) for room in problem.rooms):
            most = max(room.capacity_for(one.layout) for room in problem.rooms)
            yield Finding("no_capacity", {"session": one.key, "people": one.least_capacity, "most": most})
        elif one.fixed_room is not None:
            yield Finding("room_unfit", {"session": one.key, "room": one.fixed_room})
        else:
            yield Finding("no_room", {"session": one.key, "needs": sorted(one.needs)})
    needed: dict[str, int] = defaultdict(int)
    for one in problem.sessions:
        for need in one.needs:
            needed[need] += one.minutes
    length = sum(b - a for a, b in problem.spans)
    for need, minutes in sorted(needed.items()):
        rooms = [room for room in problem.rooms if need in room.has]
        if rooms and not any(room.several for room in rooms) and minutes > length * len(rooms):
            yield Finding(
                "too_few_rooms_with", {"need": need, "minutes": minutes, "rooms": len(rooms), "there": length * len(rooms)}
            )


def _common(one: Collection[Span], other: Collection[Span]) -> list[Span]:
    return [(max(a, c), min(b, d)) for a, b in one for c, d in other if max(a, c) < min(b, d)]


def _of_people(problem: Problem) -> Iterator[Finding]:
    for person in problem.people:
        hers = [one for one in problem.sessions if person.key in one.people]
        if not hers:
            continue
        there = _common(person.windows, problem.spans) if person.windows else list(problem.spans)
        minutes, presence = sum(one.minutes for one in hers), sum(b - a for a, b in there)
        if minutes > presence and any(one.fixed_start is None for one in hers):
            yield Finding("person_hours", {"person": person.key, "minutes": minutes, "there": presence})
    for one in problem.sessions:
        if one.fixed_start is not None or not one.people:
            continue
        common: list[Span] = list(problem.spans)
        for key in one.people:
            if problem.person(key).windows:
                common = _common(common, problem.person(key).windows)
        alone_short = any(
            f.windows and sum(b - a for a, b in _common(f.windows, problem.spans)) < one.minutes
            for f in map(problem.person, one.people)
        )
        if not any(b - a >= one.minutes for a, b in common) and not alone_short and problem.spans:
            yield Finding("no_common_time", {"session": one.key, "people": list(one.people)})


def _of_pins(problem: Problem) -> Iterator[Finding]:
    pinned = [one for one in problem.sessions if one.fixed_start is not None]
    for one in pinned:
        for key in one.people:
            windows = problem.person(key).windows
            if windows and not any(a <= (one.fixed_start or 0) and (one.fixed_start or 0) + one.minutes <= b for a, b in windows):
                yield Finding("pin_away", {"session": one.key, "person": key})
        if one.fixed_room is not None:
            for a, b in problem.room(one.fixed_room).closed:
                if (one.fixed_start or 0) < b and a < (one.fixed_start or 0) + one.minutes:
                    yield Finding("pin_closed", {"session": one.key, "room": one.fixed_room})
    for one, other in combinations(pinned, 2):
        start, there = one.fixed_start or 0, other.fixed_start or 0
        if not (start < there + other.minutes and there < start + one.minutes):
            continue
        pair = {"one": one.key, "other": other.key}
        both = sorted(set(one.people) & set(other.people))
        if both:
            yield Finding("pins_person", pair | {"person": both[0]})
        if one.fixed_room is not None and one.fixed_room == other.fixed_room and not problem.room(one.fixed_room).several:
            yield Finding("pins_room", pair | {"room": one.fixed_room})
        if (one.alone and not other.aside) or (other.alone and not one.aside):
            yield Finding("pins_plenary", pair if one.alone else {"one": other.key, "other": one.key})


def _of_orders(problem: Problem) -> Iterator[Finding]:
    for one in problem.sessions:
        if one.after is None or one.after not in problem._by_key:
            continue
        seen, at = {one.key}, one.after
        while at in problem._by_key and at not in seen:
            seen.add(at)
            at = problem.session(at).after or ""
        if at == one.key:
            yield Finding("order_turns", {"session": one.key, "other": one.after})
        before = problem.session(one.after)
        if one.fixed_start is not None and before.fixed_start is not None and one.fixed_start < before.fixed_start + before.minutes:
            yield Finding("pins_order", {"one": before.key, "other": one.key})
