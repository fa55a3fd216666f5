"""What a programme costs: the soft rules, each counted alone, so that every unmet wish can be told."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from encommun.programme.builder.problem import Problem, Programme, Room, Session, within

#: The most that a room too small or too large may weigh for one session.
MOST_MISFIT = 10


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish that the programme does not meet: the rule, the sessions, how much, and the weighted cost."""

    rule: str
    sessions: tuple[str, ...]
    amount: int
    cost: int
    detail: str = ""


class Costs:
    """The soft rules of a problem, ready to be asked for one place, one pair, or the whole."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    @cached_property
    def pairs(self) -> dict[tuple[str, str], list[tuple[str, int]]]:
        """Pairs that would rather not overlap -> (rule, weighted cost) of each reason."""
        problem = self.problem
        found: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
        for rule, table in (("clash", problem.interest), ("similar", problem.similar)):
            for (a, b), many in table.items():
                if a in problem._by_key and b in problem._by_key and problem.weight(rule) and many > 0:
                    found[min(a, b), max(a, b)].append((rule, problem.weight(rule) * many))
        for rule, of in (("axes", "axis"), ("rhythm", "format")):
            together: dict[str, list[str]] = defaultdict(list)
            for one in problem.sessions:
                if getattr(one, of) and not one.aside:
                    together[getattr(one, of)].append(one.key)
            for keys in together.values() if problem.weight(rule) else ():
                for a, b in combinations(sorted(keys), 2):
                    found[a, b].append((rule, problem.weight(rule)))
        return dict(found)

    @cached_property
    def partners(self) -> dict[str, list[tuple[str, int]]]:
        """Each session -> the others that it would rather not overlap, with what it costs."""
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for (a, b), reasons in self.pairs.items():
            total = sum(cost for _rule, cost in reasons)
            found[a].append((b, total))
            found[b].append((a, total))
        return found

    def at(self, session: Session, start: int) -> Iterator[Unmet]:
        """What beginning then costs."""
        problem, keys = self.problem, (session.key,)
        if not within(start, session.minutes, session.wished):
            yield Unmet("wishes", keys, 1, 2 * problem.weight("wishes"))
        for key in session.people:
            person = problem.person(key)
            if not within(start, session.minutes, person.rather):
                yield Unmet("wishes", keys, 1, 2 * problem.weight("wishes"), key)
            if not within(start, session.minutes, person.good):
                amount = 1 if within(start, session.minutes, person.bearable) else 3
                yield Unmet("zones", keys, amount, 2 * amount * problem.weight("zones"), key)
        if session.now is not None and session.now[0] != start:
            yield Unmet("change", keys, 1, 3 * problem.weight("change"), "time")

    def in_room(self, session: Session, room: Room) -> Iterator[Unmet]:
        """What standing there costs."""
        problem, keys = self.problem, (session.key,)
        capacity = room.capacity_for(session.layout)
        if session.expected > capacity:
            over = session.expected - capacity
            yield Unmet("room_fit", keys, over, problem.weight("room_fit") * min(MOST_MISFIT, 2 + over // 10), "small")
        elif session.expected and capacity > 4 * session.expected:
            yield Unmet("room_fit", keys, capacity - session.expected, problem.weight("room_fit"), "large")
        if session.now is not None and session.now[1] != room.key:
            yield Unmet("change", keys, 1, problem.weight("change"), "room")

    def unmet(self, programme: Programme) -> list[Unmet]:
        """Every wish that the programme does not meet, the dearest first."""
        problem = self.problem
        found: list[Unmet] = []
        rooms_of: dict[str, set[str]] = defaultdict(set)
        for key, (start, room) in programme.items():
            session = problem.session(key)
            found += self.at(session, start)
            found += self.in_room(session, problem.room(room))
            if session.axis and not session.aside:
                rooms_of[session.axis].add(room)
        for (a, b), reasons in self.pairs.items():
            if a in programme and b in programme and self._overlap(programme, a, b):
                found += [Unmet(rule, (a, b), max(1, cost // max(1, problem.weight(rule))), cost) for rule, cost in reasons]
        weight = problem.weight("rooms_per_axis")
        for axis, rooms in rooms_of.items():
            if len(rooms) > 1 and weight:
                found.append(Unmet("rooms_per_axis", (), len(rooms) - 1, weight * (len(rooms) - 1), axis))
        return sorted((one for one in found if one.cost), key=lambda one: (-one.cost, one.rule, one.sessions))

    def _overlap(self, programme: Programme, a: str, b: str) -> bool:
        start, other = programme[a][0], programme[b][0]
        return start < other + self.problem.session(b).minutes and other < start + self.problem.session(a).minutes

    def total(self, programme: Programme) -> int:
        """The weighted sum."""
        return sum(one.cost for one in self.unmet(programme))
