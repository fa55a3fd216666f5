"""Judge a programme by the rules alone, pair by pair, without anything of the solver's: what is returned was seen to hold."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from encommun.programme.builder.problem import Problem, Programme, Session


@dataclass(frozen=True, slots=True)
class Breach:
    """A hard rule that is broken, by which sessions, with whom or what."""

    kind: str
    sessions: tuple[str, ...]
    detail: str = ""


def breaches(problem: Problem, programme: Programme) -> list[Breach]:
    """Every breach of a hard rule; sessions that stand nowhere first."""
    found = [Breach("unplaced", (one.key,)) for one in problem.sessions if one.key not in programme]
    for session in problem.sessions:
        if session.key in programme:
            found += _of_one(problem, session, programme)
    found += _of_rooms(problem, programme)
    found += _of_people(problem, programme)
    found += _of_plenaries(problem, programme)
    return found


def _of_one(problem: Problem, session: Session, programme: Programme) -> Iterator[Breach]:
    start, key = programme[session.key]
    end, me = start + session.minutes, (session.key,)
    room = problem.room(key)
    if session.fixed_start is None and not any(a <= start and end <= b for a, b in problem.spans):
        yield Breach("outside", me)
    if session.fixed_start is not None and start != session.fixed_start:
        yield Breach("fixed_time", me)
    if session.fixed_room is not None and key != session.fixed_room:
        yield Breach("fixed_room", me)
    for need in sorted(session.needs - room.has):
        yield Breach("needs", me, need)
    if session.least_capacity > room.capacity_for(session.layout):
        yield Breach("capacity", me, key)
    if session.layout and room.capacity_for(session.layout) <= 0:
        yield Breach("needs", me, session.layout)
    if any(start < b and a < end for a, b in room.closed):
        yield Breach("closed", me, key)
    for person in session.people:
        windows = problem.person(person).windows
        if windows and not any(a <= start and end <= b for a, b in windows):
            yield Breach("available", me, person)
    if session.after is not None and session.after in programme:
        before, before_room = programme[session.after]
        ends = before + problem.session(session.after).minutes
        if start < ends or (session.at_once and (start != ends or before_room != key)):
            yield Breach("order", (session.after, session.key))


def _meet(problem: Problem, programme: Programme, a: str, b: str, apart: int = 0) -> bool:
    start, other = programme[a][0], programme[b][0]
    return start < other + problem.session(b).minutes + apart and other < start + problem.session(a).minutes + apart


def _of_rooms(problem: Problem, programme: Programme) -> Iterator[Breach]:
    held: dict[str, list[str]] = defaultdict(list)
    for key, (_start, room) in programme.items():
        held[room].append(key)
    for room, keys in held.items():
        if not problem.room(room).several:
            for a, b in combinations(sorted(keys), 2):
                if _meet(problem, programme, a, b):
                    yield Breach("room", (a, b), room)


def _of_people(problem: Problem, programme: Programme) -> Iterator[Breach]:
    held: dict[str, list[str]] = defaultdict(list)
    for key in programme:
        for person in set(problem.session(key).people):
            held[person].append(key)
    for person, keys in held.items():
        for a, b in combinations(sorted(keys), 2):
            one, other = problem.room(programme[a][1]).venue, problem.room(programme[b][1]).venue
            if _meet(problem, programme, a, b):
                yield Breach("person", (a, b), person)
            elif _meet(problem, programme, a, b, problem.minutes_between(one, other)):
                yield Breach("travel", (a, b), person)


def _of_plenaries(problem: Problem, programme: Programme) -> Iterator[Breach]:
    for plenary in problem.sessions:
        if plenary.alone and plenary.key in programme:
            for other in programme:
                if other != plenary.key and not problem.session(other).aside and _meet(problem, programme, plenary.key, other):
                    yield Breach("alone", (plenary.key, other))
