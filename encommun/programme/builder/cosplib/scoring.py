"""Judge a programme of the benchmark from its written rules alone, without the solver's model."""

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from encommun.programme.builder.cosplib.instance import TERMS, Instance

Cell = tuple[int, int]  # session, room
Programme = dict[Cell, tuple[int, ...]]  # the submissions of a room in a session, in order


@dataclass(slots=True)
class Score:
    """The breaches of hard rules, the objective and each of its terms; what each track weighs in it."""

    hard: list[str] = field(default_factory=list)
    terms: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TERMS, 0))
    objective: int = 0
    of_track: Counter[int] = field(default_factory=Counter)
    of_session: Counter[int] = field(default_factory=Counter)


def score(instance: Instance, programme: Programme) -> Score:
    """Every rule, counted from the grid."""
    judged = Score()
    submissions = instance.submissions

    def cost(term: str, value: int, *tracks: int, session: int | None = None) -> None:
        if value:
            judged.terms[term] += value
            if session is not None:
                judged.of_session[session] += value * instance.weights[term]
            for track in tracks:
                judged.of_track[track] += value * instance.weights[term]

    _structure(instance, programme, judged)
    cells = sorted((cell, placed) for cell, placed in programme.items() if placed)
    track_at = {cell: submissions[placed[0]].track for cell, placed in cells}
    in_session: dict[int, list[tuple[int, int]]] = defaultdict(list)
    rooms_of, sessions_of = defaultdict(set), defaultdict(set)
    for (session, room), track in track_at.items():
        in_session[session].append((room, track))
        rooms_of[track].add(room)
        sessions_of[track].add(session)
        cost("tracks_sessions", instance.track_session[track][session], track, session=session)
        cost("tracks_rooms", instance.track_room[track][room], track, session=session)
        cost("sessions_rooms", instance.session_room[session][room], track, session=session)
    for session, held in in_session.items():
        for (_room, a), (_other, b) in itertools.combinations(held, 2):
            if a == b:
                continue
            cost("similar_tracks", instance.similar.get((a, b), 0), a, b, session=session)
            if (min(a, b), max(a, b)) in instance.chair_pairs:
                cost("chairs_conflicts", 1, a, b)
        for track, times in Counter(track for _room, track in held).items():
            cost("parallel_tracks", times - 1, track)
    for track, rooms in rooms_of.items():
        cost("rooms_per_track", len(rooms) - 1, track)
        held_in = sessions_of[track]
        if max(held_in) - min(held_in) + 1 != len(held_in):
            cost("consecutive_tracks", 1, track)
    _submissions(instance, cells, cost, judged)
    judged.objective = sum(instance.weights[term] * value for term, value in judged.terms.items())
    return judged


def _structure(instance: Instance, programme: Programme, judged: Score) -> None:
    """Everything placed once, whole, with its own track."""
    times: Counter[int] = Counter()
    for (session, room), placed in programme.items():
        times.update(placed)
        used = sum(instance.submissions[one].slots for one in placed)
        where = f"session {instance.sessions[session]}, room {instance.rooms[room]}"
        if used > instance.slots[session]:
            judged.hard.append(f"{where}: {used} slots used, {instance.slots[session]} exist")
        if len({instance.submissions[one].track for one in placed}) > 1:
            judged.hard.append(f"{where}: several tracks")
    for number, submission in enumerate(instance.submissions):
        if times[number] != 1:
            judged.hard.append(f"{submission.name} is placed {times[number]} times")


def _submissions(instance: Instance, cells: list[tuple[Cell, tuple[int, ...]]], cost: Any, judged: Score) -> None:
    """What submissions cost, one by one and by pairs."""
    submissions = instance.submissions
    where: dict[int, Cell] = {}
    at_slot: dict[tuple[int, int], list[int]] = defaultdict(list)
    count_of: Counter[int] = Counter()
    for (session, room), placed in cells:
        slot = 0
        for number in placed:
            one = submissions[number]
            where[number] = (session, room)
            cost("submissions_timezones", instance.zones[number][session] * one.slots, one.track, session=session)
            cost("submissions_sessions", instance.wishes[number][session] * one.slots, one.track, session=session)
            cost("submissions_rooms", instance.room_wishes[number][room] * one.slots, one.track)
            count_of[one.track] += 1
            if one.order and one.order != count_of[one.track]:
                cost("submissions_order", 1, one.track)
            for k in range(slot, slot + one.slots):
                at_slot[session, k].append(number)
            slot += one.slots
    for pairs, term in ((instance.presenter_pairs, "presenters"), (instance.attendee_pairs, "attendees")):
        for a, b in pairs:
            here, there = where.get(a), where.get(b)
            if here and there and here[0] == there[0] and here[1] != there[1]:
                cost(f"{term}_conflicts_session", 1, submissions[a].track, submissions[b].track)
                if term == "presenters":
                    judged.hard.append(
                        f"speaker in two rooms of {instance.sessions[here[0]]}: {submissions[a].name} / {submissions[b].name}"
                    )
    for numbers in at_slot.values():
        for a, b in itertools.combinations(numbers, 2):
            pair = (min(a, b), max(a, b))
            one, other = submissions[a], submissions[b]
            if one.track == other.track and one.order and other.order:
                cost("submissions_order", 1, one.track)
            if pair in instance.presenter_pairs:
                cost("presenters_conflicts_slot", 1, one.track, other.track)
            if pair in instance.attendee_pairs:
                cost("attendees_conflicts_slot", 1, one.track, other.track)


def written(instance: Instance, programme: Programme) -> dict[str, Any]:
    """The programme as the benchmark's own file."""
    entries: list[Mapping[str, Any]] = []
    for (session, room), placed in sorted(programme.items()):
        if not placed:
            continue
        slots: list[str | None] = [
            instance.submissions[number].name for number in placed for _slot in range(instance.submissions[number].slots)
        ]
        entries.append(
            {
                "session": instance.sessions[session],
                "room": instance.rooms[room],
                "track": instance.tracks[instance.submissions[placed[0]].track],
                "slots": slots + [None] * (instance.slots[session] - len(slots)),
            }
        )
    return {"instance": instance.name, "schedule": entries}
