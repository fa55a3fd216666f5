"""The CP-SAT model of our own programmes: a start among those allowed, a room among those that fit, for each session that is free.

The others stay where they are: their rooms and people are taken, and what they cost beside a free one is a cost of its start. A free
session may be left out at a price above every wish, so that there is always a nearest programme. With ``guards`` each wish stands behind
a Boolean of its own, to ask which of them contradict each other.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from ortools.sat.python import cp_model

from encommun.programme.builder.costs import Costs
from encommun.programme.builder.problem import Problem, Programme, Session, Wish, why_not_at, why_not_in

LEFT_OUT = 1_000_000


class BuildModel:
    """A model over the free sessions."""

    def __init__(
        self,
        problem: Problem,
        costs: Costs,
        *,
        free: Collection[str] | None = None,
        base: Programme | None = None,
        guarded: bool = False,
        with_costs: bool = True,
    ) -> None:
        self.problem, self.costs, self.base = problem, costs, dict(base or {})
        self.model = cp_model.CpModel()
        self.guarded, self.with_costs = guarded, with_costs
        self.guards: dict[Wish, cp_model.IntVar] = {}
        chosen = {one.key for one in problem.sessions} if free is None else set(free)
        self.free = [one for one in problem.sessions if one.key in chosen]
        self.keys = {one.key for one in self.free}
        self.fixed = {key: place for key, place in self.base.items() if key not in self.keys}
        self.there: dict[str, cp_model.IntVar] = {}
        self.at: dict[str, dict[int, cp_model.IntVar]] = {}
        self.start: dict[str, cp_model.IntVar] = {}
        self.within: dict[str, dict[str, cp_model.IntVar]] = {}
        self.whole: dict[str, cp_model.IntervalVar] = {}
        self.cost: list[tuple[int, object]] = []
        for session in self.free:
            self._place(session)
        self._in_rooms()
        self._of_people()
        self._alone()
        self._orders()
        if with_costs:
            self._pairs()
            self._axes()
        if not guarded:
            self.model.minimize(sum(weight * what for weight, what in self.cost))

    # wishes behind Booleans ------------------------------------------------------------------------------------------------------

    def _guard(self, wish: Wish) -> cp_model.IntVar:
        if wish not in self.guards:
            self.guards[wish] = self.model.new_bool_var("")
        return self.guards[wish]

    def _place(self, session: Session) -> None:
        model, problem = self.model, self.problem
        there = self.there[session.key] = model.new_bool_var("")
        if self.guarded:
            model.add(there == 1)
        else:
            self.cost.append((LEFT_OUT, 1))
            self.cost.append((-LEFT_OUT, there))
        starts = sorted({*problem.starts(session.minutes), *([session.fixed_start] if session.fixed_start is not None else [])})
        at = self.at[session.key] = {}
        for start in starts:
            why = list(why_not_at(problem, session, start))
            if why and not self.guarded:
                continue
            literal = at[start] = model.new_bool_var("")
            for wish in why:
                model.add_implication(self._guard(wish), literal.negated())
            if self.with_costs and (weight := sum(one.cost for one in self.costs.at(session, start))):
                self.cost.append((weight, literal))
            if self.with_costs and (weight := self._beside_fixed(session, start)):
                self.cost.append((weight, literal))
        model.add(sum(at.values()) == there)
        within = self.within[session.key] = {}
        for room in problem.rooms:
            why = list(why_not_in(session, room))
            if why and not self.guarded:
                continue
            literal = within[room.key] = model.new_bool_var("")
            for wish in why:
                model.add_implication(self._guard(wish), literal.negated())
            if self.with_costs and (weight := sum(one.cost for one in self.costs.in_room(session, room))):
                self.cost.append((weight, literal))
        model.add(sum(within.values()) == there)
        begins = model.new_int_var_from_domain(cp_model.Domain.from_values(list(at) or [0]), "")
        model.add(sum(start * literal for start, literal in at.items()) == begins).only_enforce_if(there)
        self.start[session.key] = begins
        self.whole[session.key] = model.new_optional_fixed_size_interval_var(begins, session.minutes, there, "")

    def _beside_fixed(self, session: Session, start: int) -> int:
        total = 0
        for other, weight in self.costs.partners.get(session.key, ()):
            place = self.fixed.get(other)
            if place and start < place[0] + self.problem.session(other).minutes and place[0] < start + session.minutes:
                total += weight
        return total

    # hard rules ------------------------------------------------------------------------------------------------------------------

    def _in_rooms(self) -> None:
        model, problem = self.model, self.problem
        taken: dict[str, list[cp_model.IntervalVar]] = defaultdict(list)
        for key, (start, room) in self.fixed.items():
            if not problem.room(room).several:
                taken[room].append(model.new_fixed_size_interval_var(start, problem.session(key).minutes, ""))
        for room in problem.rooms:
            intervals = taken[room.key]
            own = [
                model.new_optional_fixed_size_interval_var(self.start[one.key], one.minutes, self.within[one.key][room.key], "")
                for one in self.free
                if room.key in self.within[one.key]
            ]
            if room.several:
                for interval in own:
                    model.add_no_overlap([interval, *self._closed(room.key, room.closed)])
            elif own:
                model.add_no_overlap([*intervals, *own, *self._closed(room.key, room.closed)])

    def _closed(self, room: str, spans: tuple[tuple[int, int], ...]) -> list[cp_model.IntervalVar]:
        if not self.guarded:
            return [self.model.new_fixed_size_interval_var(a, b - a, "") for a, b in spans]
        return [self.model.new_optional_fixed_size_interval_var(a, b - a, self._guard(Wish("closed", room)), "") for a, b in spans]

    def _of_people(self) -> None:
        model, problem = self.model, self.problem
        held: dict[str, list[Session]] = defaultdict(list)
        for session in self.free:
            for person in set(session.people):
                held[person].append(session)
        fixed: dict[str, list[str]] = defaultdict(list)
        for key in self.fixed:
            for person in set(problem.session(key).people):
                fixed[person].append(key)
        pairs: set[tuple[str, str]] = set()
        for person, sessions in held.items():
            others = [model.new_fixed_size_interval_var(self.fixed[k][0], problem.session(k).minutes, "") for k in fixed[person]]
            if len(sessions) + len(others) > 1:
                model.add_no_overlap([*(self.whole[one.key] for one in sessions), *others])
            if problem.travel:
                for i, one in enumerate(sessions):
                    pairs |= {(min(one.key, two.key), max(one.key, two.key)) for two in sessions[i + 1 :]}
                    for key in fixed[person]:
                        self._travel_to_fixed(one, key)
        for a, b in sorted(pairs):
            self._travel(a, b)

    def _venues(self, key: str) -> Mapping[str, list[cp_model.IntVar]]:
        venues: dict[str, list[cp_model.IntVar]] = defaultdict(list)
        for room, literal in self.within[key].items():
            venues[self.problem.room(room).venue].append(literal)
        return venues

    def _travel_to_fixed(self, session: Session, key: str) -> None:
        start, room = self.fixed[key]
        end, venue = start + self.problem.session(key).minutes, self.problem.room(room).venue
        for other, literals in self._venues(session.key).items():
            walk = self.problem.minutes_between(venue, other)
            if not walk:
                continue
            for at, literal in self.at[session.key].items():
                if at < end + walk and start < at + session.minutes + walk:
                    for inside in literals:
                        self.model.add_bool_or([literal.negated(), inside.negated()])

    def _travel(self, a: str, b: str) -> None:
        """Between two free sessions of one person in two venues: one of them ends early enough to walk."""
        one, other = self.problem.session(a), self.problem.session(b)
        mine, theirs = self._venues(a), self._venues(b)
        first: cp_model.IntVar | None = None
        for venue, here in mine.items():
            for elsewhere, there in theirs.items():
                walk = self.problem.minutes_between(venue, elsewhere)
                if not walk:
                    continue
                if first is None:
                    first = self.model.new_bool_var("")
                for literal in here:
                    for literal_there in there:
                        self.model.add(self.start[b] >= self.start[a] + one.minutes + walk).only_enforce_if(
                            [first, literal, literal_there]
                        )
                        self.model.add(self.start[a] >= self.start[b] + other.minutes + walk).only_enforce_if(
                            [first.negated(), literal, literal_there]
                        )

    def _alone(self) -> None:
        """Nothing beside a plenary, stands apart."""
        problem = self.problem
        plenaries = [one for one in problem.sessions if one.alone and (one.key in self.keys or one.key in self.fixed)]
        for plenary in plenaries:
            for other in self.free:
                if other.key != plenary.key and not other.aside:
                    self._never_together(plenary, other)
            if plenary.key in self.keys:
                for key in self.fixed:
                    if not problem.session(key).aside:
                        self._not_beside(plenary, key)

    def _never_together(self, plenary: Session, other: Session) -> None:
        if plenary.key in self.fixed:
            self._not_beside(other, plenary.key)
        elif self.guarded:
            guard = self._guard(Wish("alone", plenary.key))
            clear = self._clear(plenary, other)
            self.model.add_implication(guard, clear)
        else:
            self.model.add_no_overlap([self.whole[plenary.key], self.whole[other.key]])

    def _clear(self, one: Session, other: Session) -> cp_model.IntVar:
        """A Boolean under which two sessions do not overlap."""
        clear, before = self.model.new_bool_var(""), self.model.new_bool_var("")
        both = [clear, self.there[one.key], self.there[other.key]]
        self.model.add(self.start[other.key] >= self.start[one.key] + one.minutes).only_enforce_if([*both, before])
        self.model.add(self.start[one.key] >= self.start[other.key] + other.minutes).only_enforce_if([*both, before.negated()])
        return clear

    def _not_beside(self, session: Session, key: str) -> None:
        start = self.fixed[key][0]
        end = start + self.problem.session(key).minutes
        for at, literal in self.at[session.key].items():
            if at < end and start < at + session.minutes:
                self.model.add(literal == 0)

    def _orders(self) -> None:
        for session in self.problem.sessions:
            if session.after is None or session.after not in self.problem._by_key:
                continue
            before = self.problem.session(session.after)
            if session.key not in self.keys and before.key not in self.keys:
                continue
            if any(key not in self.keys and key not in self.fixed for key in (session.key, before.key)):
                continue
            enforce = [self.there[key] for key in (session.key, before.key) if key in self.keys]
            if self.guarded:
                enforce.append(self._guard(Wish("order", session.key)))
            begins, ends = self._begin(session.key), self._begin(before.key) + before.minutes
            if not session.at_once:
                self.model.add(begins >= ends).only_enforce_if(enforce)
                continue
            self.model.add(begins == ends).only_enforce_if(enforce)
            for room in self.problem.rooms:
                here, there = self._inside(session.key, room.key), self._inside(before.key, room.key)
                self.model.add(here == there).only_enforce_if(enforce)

    def _begin(self, key: str) -> object:
        return self.start[key] if key in self.keys else self.fixed[key][0]

    def _inside(self, key: str, room: str) -> object:
        return self.within[key].get(room, 0) if key in self.keys else int(self.fixed[key][1] == room)

    # wishes ----------------------------------------------------------------------------------------------------------------------

    def _pairs(self) -> None:
        """Two free sessions that would rather not overlap."""
        for session in self.free:
            for other, weight in self.costs.partners.get(session.key, ()):
                if session.key < other and other in self.keys:
                    clear = self._clear(session, self.problem.session(other))
                    self.cost.append((weight, clear.negated()))

    def _axes(self) -> None:
        """The rooms that each axis uses; those that it uses anyway cost nothing more."""
        weight = self.problem.weight("rooms_per_axis")
        if not weight:
            return
        used: dict[str, set[str]] = defaultdict(set)
        for key, (_start, room) in self.fixed.items():
            if (axis := self.problem.session(key).axis) and not self.problem.session(key).aside:
                used[axis].add(room)
        new: dict[tuple[str, str], list[cp_model.IntVar]] = defaultdict(list)
        for session in self.free:
            if session.axis and not session.aside:
                for room, literal in self.within[session.key].items():
                    if room not in used[session.axis]:
                        new[session.axis, room].append(literal)
        for literals in new.values():
            uses = self.model.new_bool_var("")
            for literal in literals:
                self.model.add_implication(literal, uses)
            self.cost.append((weight, uses))

    # from and to programmes ------------------------------------------------------------------------------------------------------

    def hint(self, programme: Programme) -> None:
        """Begin from a programme."""
        for session in self.free:
            place = programme.get(session.key)
            self.model.add_hint(self.there[session.key], place is not None)
            if place is not None:
                self.model.add_hint(self.start[session.key], place[0])
            for start, literal in self.at[session.key].items():
                self.model.add_hint(literal, place is not None and place[0] == start)
            for room, literal in self.within[session.key].items():
                self.model.add_hint(literal, place is not None and place[1] == room)

    def programme(self, value: object) -> Programme:
        """What a solution says."""
        read = value
        result = dict(self.fixed)
        for session in self.free:
            if read(self.there[session.key]):  # type: ignore[operator]
                start = next(at for at, literal in self.at[session.key].items() if read(literal))  # type: ignore[operator]
                room = next(key for key, literal in self.within[session.key].items() if read(literal))  # type: ignore[operator]
                result[session.key] = (start, room)
        return result
