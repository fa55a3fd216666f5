"""The CP-SAT model of the benchmark: which tracks in which session and room, and how many of which submissions.

Slots inside a session are no variables: a room takes what fits, and ``filling`` orders it afterwards. A track may hold several rooms
of one session («copies»). Only the ``free`` tracks are variables; the others stay where a programme has them and cost constants.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from encommun.programme.builder.cosplib.instance import Instance
from encommun.programme.builder.cosplib.scoring import Cell, Programme

Blocks = dict[tuple[int, int, int], cp_model.IntVar]  # track, session, copy
Places = dict[tuple[int, int, int, int], cp_model.IntVar]  # track, session, copy, room


@dataclass(slots=True)
class Groups:
    """Submissions of one track that may stand for one another."""

    members: list[list[int]]
    of_track: list[list[int]]
    group_of: list[int]


def group(instance: Instance) -> Groups:
    """Put together the submissions that no rule tells apart."""
    partners: dict[int, set[tuple[str, int]]] = defaultdict(set)
    soft = instance.weights["attendees_conflicts_session"] or instance.weights["attendees_conflicts_slot"]
    for a, b in instance.presenter_pairs:
        partners[a].add(("hard", b))
        partners[b].add(("hard", a))
    for a, b in instance.attendee_pairs if soft else ():
        partners[a].add(("soft", b))
        partners[b].add(("soft", a))
    ordered = instance.weights["submissions_order"] > 0
    found: dict[object, list[int]] = {}
    for number, one in enumerate(instance.submissions):
        alone = number if (partners[number] or any(one.room_cost) or (ordered and one.order)) else -1
        found.setdefault((one.track, one.slots, one.session_cost, alone), []).append(number)
    groups = Groups(list(found.values()), [[] for _track in instance.tracks], [0] * len(instance.submissions))
    for index, members in enumerate(groups.members):
        groups.of_track[instance.submissions[members[0]].track].append(index)
        for member in members:
            groups.group_of[member] = index
    return groups


class TrackModel:
    """A model over some tracks, the others fixed as ``base`` has them."""

    def __init__(
        self,
        instance: Instance,
        groups: Groups,
        copies: Mapping[int, int],
        *,
        free: Collection[int] | None = None,
        base: Programme | None = None,
        frozen_sessions: Collection[int] = (),
        with_rooms: bool = True,
        with_costs: bool = True,
    ) -> None:
        self.instance, self.groups, self.copies = instance, groups, copies
        self.model = cp_model.CpModel()
        self.free = [t for t in (range(len(instance.tracks)) if free is None else free) if instance.of_track[t]]
        self.base = base or {}
        self.frozen_sessions = set(frozen_sessions)
        self.with_rooms, self.with_costs = with_rooms, with_costs
        self.on: Blocks = {}
        self.at: Places = {}
        self.count: dict[tuple[int, int, int], cp_model.IntVar] = {}  # group, session, copy
        self.cost: list[tuple[int, object]] = []
        self._read_base()
        self._blocks()
        if with_rooms:
            self._rooms()
        self._people()
        if with_costs:
            self._track_costs()
            self._pair_costs()
            self._orders()
            self.model.minimize(sum(weight * what for weight, what in self.cost))

    # what is already there -------------------------------------------------------------------------------------------------------

    def _read_base(self) -> None:
        free = set(self.free)
        self.taken: dict[int, set[int]] = defaultdict(set)  # session -> rooms of fixed tracks
        self.fixed_tracks: dict[int, list[int]] = defaultdict(list)  # session -> fixed track per room
        self.fixed_submissions: dict[int, int] = {}  # submission -> session
        self.had: dict[tuple[int, int], list[tuple[int, tuple[int, ...]]]] = defaultdict(list)  # free track, session -> its rooms
        for (session, room), placed in sorted(self.base.items()):
            if not placed:
                continue
            track = self.instance.submissions[placed[0]].track
            if track in free:
                self.had[track, session].append((room, placed))
            else:
                self.taken[session].add(room)
                self.fixed_tracks[session].append(track)
                for number in placed:
                    self.fixed_submissions[number] = session

    # hard rules ------------------------------------------------------------------------------------------------------------------

    def _blocks(self) -> None:
        instance, model = self.instance, self.model
        for track in self.free:
            for session, slots in enumerate(instance.slots):
                for copy in range(self.copies[track]):
                    on = self.on[track, session, copy] = model.new_bool_var("")
                    if copy:
                        model.add_implication(on, self.on[track, session, copy - 1])
                    load, counts = [], []
                    for index in self.groups.of_track[track]:
                        members = self.groups.members[index]
                        length = instance.submissions[members[0]].slots
                        most = min(len(members), slots // length)
                        if most < 1:
                            continue
                        many = model.new_bool_var("") if most == 1 else model.new_int_var(0, most, "")
                        self.count[index, session, copy] = many
                        load.append(length * many)
                        counts.append(many)
                        if most == 1:
                            model.add_implication(many, on)
                    model.add(sum(load) <= slots * on) if load else model.add(on == 0)
                    if counts:
                        model.add(sum(counts) >= 1).only_enforce_if(on)
            for index in self.groups.of_track[track]:
                many = [self.count[key] for key in self._counts_of(index, track)]
                model.add(sum(many) == len(self.groups.members[index]))
        for session in range(len(instance.sessions)):
            left = len(instance.rooms) - len(self.taken[session])
            model.add(sum(self.on[t, session, k] for t in self.free for k in range(self.copies[t])) <= left)
        for track in self.free:  # as many sessions as the track needs, at least
            need = sum(instance.submissions[one].slots for one in instance.of_track[track])
            model.add(
                sum(instance.slots[s] * self.on[track, s, k] for s in range(len(instance.slots)) for k in range(self.copies[track]))
                >= need
            )
            for session in self.frozen_sessions:
                self._freeze(track, session)

    def _counts_of(self, index: int, track: int) -> list[tuple[int, int, int]]:
        return [
            (index, session, copy)
            for session in range(len(self.instance.sessions))
            for copy in range(self.copies[track])
            if (index, session, copy) in self.count
        ]

    def _freeze(self, track: int, session: int) -> None:
        """The track keeps what it has in the session: rooms and submissions."""
        had = self.had.get((track, session), [])
        for copy in range(self.copies[track]):
            if copy >= len(had):
                self.model.add(self.on[track, session, copy] == 0)
                continue
            self.model.add(self.on[track, session, copy] == 1)
            per_group: dict[int, int] = defaultdict(int)
            for number in had[copy][1]:
                per_group[self.groups.group_of[number]] += 1
            for index in self.groups.of_track[track]:
                if (index, session, copy) in self.count:
                    self.model.add(self.count[index, session, copy] == per_group[index])

    def _rooms(self) -> None:
        model = self.model
        in_room: dict[Cell, list[cp_model.IntVar]] = defaultdict(list)
        for (track, session, copy), on in self.on.items():
            here = []
            for room in range(len(self.instance.rooms)):
                if room in self.taken[session]:
                    continue
                place = self.at[track, session, copy, room] = model.new_bool_var("")
                here.append(place)
                in_room[session, room].append(place)
            model.add(sum(here) == on)
        for places in in_room.values():
            model.add_at_most_one(places)

    def _people(self) -> None:
        """Nobody in two rooms of one session."""
        instance = self.instance
        for a, b in instance.presenter_pairs:
            self._apart(a, b)

    def _apart(self, a: int, b: int) -> None:
        here, there = self._whole(a), self._whole(b)
        if here is None and there is None:
            return
        if here is None or there is None:
            number, index, track = (b, *there) if here is None else (a, *here)  # type: ignore[misc]
            fixed = self.fixed_submissions.get(a if number == b else b)
            if fixed is not None:
                for copy in range(self.copies[track]):
                    if (index, fixed, copy) in self.count:
                        self.model.add(self.count[index, fixed, copy] == 0)
            return
        (index, track), (other, other_track) = here, there
        for session in range(len(self.instance.sessions)):
            mine = [self.count[index, session, k] for k in range(self.copies[track]) if (index, session, k) in self.count]
            theirs = [self.count[other, session, k] for k in range(self.copies[other_track]) if (other, session, k) in self.count]
            if track != other_track:
                if mine and theirs:
                    self.model.add_at_most_one([*mine, *theirs])
                continue
            for k, literal in enumerate(mine):
                rest = [one for j, one in enumerate(theirs) if j != k]
                if rest:
                    self.model.add_at_most_one([literal, *rest])

    def _whole(self, number: int) -> tuple[int, int] | None:
        """The group of one that a free submission is."""
        track = self.instance.submissions[number].track
        if number in self.fixed_submissions or track not in self.copies or not self._is_free(track):
            return None
        return self.groups.group_of[number], track

    def _is_free(self, track: int) -> bool:
        return (track, 0, 0) in self.on

    # what it costs ---------------------------------------------------------------------------------------------------------------

    def _track_costs(self) -> None:
        instance, model, weights = self.instance, self.model, self.instance.weights
        for (track, session, copy), on in self.on.items():
            if weight := weights["tracks_sessions"] * instance.track_session[track][session]:
                self.cost.append((weight, on))
            if copy and weights["parallel_tracks"]:
                self.cost.append((weights["parallel_tracks"], on))
        for (track, session, _copy, room), place in self.at.items():
            weight = (
                weights["tracks_rooms"] * instance.track_room[track][room]
                + weights["sessions_rooms"] * instance.session_room[session][room]
            )
            if weight:
                self.cost.append((weight, place))
        for (index, session, _copy), many in self.count.items():
            one = instance.submissions[self.groups.members[index][0]]
            if one.session_cost[session]:
                self.cost.append((one.session_cost[session] * one.slots, many))
        if weights["submissions_rooms"] and self.with_rooms:
            self._room_wishes()
        for track in self.free:
            if weights["rooms_per_track"] and self.with_rooms:
                self._room_changes(track)
            if weights["consecutive_tracks"] and len(instance.sessions) > 2:
                starts, ends, gap = [], [], model.new_bool_var("")
                row = [self.on[track, s, 0] for s in range(len(instance.sessions))]
                for s in range(len(row)):
                    begun, still = model.new_bool_var(""), model.new_bool_var("")
                    starts.append(begun)
                    ends.append(still)
                    model.add_implication(row[s], begun)
                    model.add_implication(row[s], still)
                    if s:
                        model.add_implication(starts[s - 1], begun)
                for s in range(len(row) - 1):
                    model.add_implication(ends[s + 1], ends[s])
                for s in range(1, len(row) - 1):
                    model.add_bool_or([starts[s - 1].negated(), ends[s + 1].negated(), row[s], gap])
                self.cost.append((weights["consecutive_tracks"], gap))

    def _room_changes(self, track: int) -> None:
        model, weight = self.model, self.instance.weights["rooms_per_track"]
        by_room: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for session in range(len(self.instance.sessions)):
            for copy in range(self.copies[track]):
                for room in range(len(self.instance.rooms)):
                    if (place := self.at.get((track, session, copy, room))) is not None:
                        by_room[room].append(place)
        used = []
        for places in by_room.values():
            uses = model.new_bool_var("")
            for place in places:
                model.add_implication(place, uses)
            used.append(uses)
        model.add_bool_or(used)
        self.cost += [(weight, uses) for uses in used]
        self.cost.append((-weight, 1))

    def _room_wishes(self) -> None:
        """What a submission costs in a room: only asked where some submission has such a wish."""
        for (index, session, copy), many in self.count.items():
            one = self.instance.submissions[self.groups.members[index][0]]
            for room, value in enumerate(one.room_cost):
                place = self.at.get((one.track, session, copy, room))
                if value and place is not None:
                    both = self.model.new_bool_var("")
                    self.model.add_bool_or([many.negated(), place.negated(), both])
                    self.cost.append((value * one.slots, both))

    def _pair_costs(self) -> None:
        instance, weights = self.instance, self.instance.weights
        pairs: dict[tuple[int, int], int] = defaultdict(int)
        for (a, b), value in instance.similar.items():
            if a < b:
                pairs[a, b] += weights["similar_tracks"] * value
        for a, b in instance.chair_pairs:
            pairs[a, b] += weights["chairs_conflicts"]
        for (a, b), weight in pairs.items():
            if weight:
                self._track_pair(a, b, weight)
        weight = weights["attendees_conflicts_session"]
        if weight:
            for a, b in instance.attendee_pairs:
                self._attendees(a, b, weight)

    def _track_pair(self, a: int, b: int, weight: int) -> None:
        for session in range(len(self.instance.sessions)):
            mine, theirs = self._rooms_held(a, session), self._rooms_held(b, session)
            if isinstance(mine, int) and isinstance(theirs, int):
                continue
            if isinstance(mine, int):
                self.cost += [(weight * mine, one) for one in theirs if mine]  # type: ignore[union-attr]
            elif isinstance(theirs, int):
                self.cost += [(weight * theirs, one) for one in mine if theirs]
            else:
                for one in mine:
                    for other in theirs:
                        self._both(one, other, weight)

    def _rooms_held(self, track: int, session: int) -> int | list[cp_model.IntVar]:
        if self._is_free(track):
            return [self.on[track, session, k] for k in range(self.copies[track])]
        return self.fixed_tracks[session].count(track)

    def _both(self, one: cp_model.IntVar, other: cp_model.IntVar, weight: int) -> None:
        both = self.model.new_bool_var("")
        self.model.add_bool_or([one.negated(), other.negated(), both])
        self.cost.append((weight, both))

    def _attendees(self, a: int, b: int, weight: int) -> None:
        here, there = self._whole(a), self._whole(b)
        if here is None and there is None:
            return
        if here is None or there is None:
            index, track = here or there  # type: ignore[misc]
            fixed = self.fixed_submissions.get(b if here else a)
            if fixed is not None:
                self.cost += [
                    (weight, self.count[index, fixed, k]) for k in range(self.copies[track]) if (index, fixed, k) in self.count
                ]
            return
        (index, track), (other, other_track) = here, there
        for session in range(len(self.instance.sessions)):
            for k in range(self.copies[track]):
                for j in range(self.copies[other_track]):
                    one, two = self.count.get((index, session, k)), self.count.get((other, session, j))
                    if one is not None and two is not None and (track != other_track or k != j):
                        self._both(one, two, weight)

    def _orders(self) -> None:
        """An ordered submission at its rank: as many before its session as leave its rank inside it."""
        weight = self.instance.weights["submissions_order"]
        if not weight:
            return
        for track in self.free:
            ordered = [one for one in self.instance.of_track[track] if self.instance.submissions[one].order]
            if not ordered:
                continue
            total = len(self.instance.of_track[track])
            before: list[object] = [0]
            for session in range(len(self.instance.sessions)):
                held = [
                    self.count[index, session, k]
                    for index in self.groups.of_track[track]
                    for k in range(self.copies[track])
                    if (index, session, k) in self.count
                ]
                before.append(before[-1] + sum(held))  # type: ignore[operator]
            wanted: dict[int, list[cp_model.IntVar]] = defaultdict(list)
            for number in ordered:
                want = self.instance.submissions[number].order
                if want > total:
                    self.cost.append((weight, 1))
                    continue
                late = self.model.new_bool_var("")
                wanted[want].append(late)
                self.cost.append((weight, late))
                for session in range(len(self.instance.sessions)):
                    here = [
                        self.count[self.groups.group_of[number], session, k]
                        for k in range(self.copies[track])
                        if (self.groups.group_of[number], session, k) in self.count
                    ]
                    for literal in here:
                        self.model.add(before[session] <= want - 1).only_enforce_if([literal, late.negated()])
                        self.model.add(before[session + 1] >= want).only_enforce_if([literal, late.negated()])
            for lates in wanted.values():
                if len(lates) > 1:
                    self.model.add(sum(lates) >= len(lates) - 1)

    # from and to programmes ------------------------------------------------------------------------------------------------------

    def hint(self, programme: Programme) -> None:
        """Begin from a programme."""
        held: dict[tuple[int, int], list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
        for (session, room), placed in sorted(programme.items()):
            if placed:
                held[self.instance.submissions[placed[0]].track, session].append((room, placed))
        for (track, session, copy), on in self.on.items():
            rows = held.get((track, session), [])
            there = copy < len(rows)
            self.model.add_hint(on, there)
            per_group: dict[int, int] = defaultdict(int)
            for number in rows[copy][1] if there else ():
                per_group[self.groups.group_of[number]] += 1
            for index in self.groups.of_track[track]:
                if (many := self.count.get((index, session, copy))) is not None:
                    self.model.add_hint(many, per_group[index])
            for room in range(len(self.instance.rooms)):
                if (place := self.at.get((track, session, copy, room))) is not None:
                    self.model.add_hint(place, there and rows[copy][0] == room)

    def _chosen(self, read: object, track: int, session: int, copy: int, room: int) -> bool:
        place = self.at.get((track, session, copy, room))
        return place is not None and bool(read(place))  # type: ignore[operator]

    def programme(self, value: object) -> Programme:
        """What a solution says, with the fixed tracks where they were."""
        read = value
        result: Programme = {}
        free = set(self.free)
        for cell, placed in self.base.items():
            if placed and self.instance.submissions[placed[0]].track not in free:
                result[cell] = placed
        left = {index: list(self.groups.members[index]) for t in self.free for index in self.groups.of_track[t]}
        open_rooms = {
            s: [r for r in range(len(self.instance.rooms)) if r not in self.taken[s]] for s in range(len(self.instance.sessions))
        }
        for (track, session, copy), on in self.on.items():
            if not read(on):  # type: ignore[operator]
                continue
            placed = []
            for index in self.groups.of_track[track]:
                if (many := self.count.get((index, session, copy))) is not None:
                    placed += [left[index].pop() for _n in range(read(many))]  # type: ignore[operator]
            if not placed:
                continue
            if self.with_rooms:
                room = next(r for r in open_rooms[session] if self._chosen(read, track, session, copy, r))
                open_rooms[session].remove(room)
            else:
                room = open_rooms[session].pop(0)
            result[session, room] = tuple(placed)
        return result
