"""An instance of the benchmark, read once into numbers."""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

TERMS = (
    "tracks_sessions",
    "tracks_rooms",
    "sessions_rooms",
    "similar_tracks",
    "rooms_per_track",
    "parallel_tracks",
    "consecutive_tracks",
    "submissions_timezones",
    "submissions_order",
    "submissions_sessions",
    "submissions_rooms",
    "presenters_conflicts_session",
    "attendees_conflicts_session",
    "chairs_conflicts",
    "presenters_conflicts_slot",
    "attendees_conflicts_slot",
)

Pair = tuple[int, int]


class Unreadable(ValueError):
    """The file is no instance; the message says where."""


@dataclass(frozen=True, slots=True)
class Submission:
    """Something to place: how many slots it takes, whom it needs, what it costs in each session and room."""

    name: str
    track: int
    slots: int
    order: int
    presenters: frozenset[str]
    attendees: frozenset[str]
    session_cost: tuple[int, ...]  # weighted, per slot used: wishes and time zones
    room_cost: tuple[int, ...]  # weighted, per slot used


@dataclass(slots=True)
class Instance:
    """Everything the solver and the scorer need, as indices; penalties are kept unweighted for the scorer."""

    name: str
    weights: dict[str, int]
    sessions: list[str]
    slots: list[int]
    rooms: list[str]
    tracks: list[str]
    submissions: list[Submission]
    track_session: list[list[int]]
    track_room: list[list[int]]
    session_room: list[list[int]]
    similar: dict[Pair, int]
    wishes: list[list[int]]  # submission × session
    zones: list[list[int]]  # submission × session
    room_wishes: list[list[int]]  # submission × room
    presenter_pairs: set[Pair] = field(default_factory=set)
    attendee_pairs: set[Pair] = field(default_factory=set)
    chair_pairs: set[Pair] = field(default_factory=set)
    of_track: list[list[int]] = field(default_factory=list)

    def without(self, left_out: Collection[int]) -> "Instance":
        """The same instance without some submissions."""
        kept = [number for number in range(len(self.submissions)) if number not in left_out]
        now = {number: place for place, number in enumerate(kept)}

        def pairs(given: set[Pair]) -> set[Pair]:
            return {(now[a], now[b]) for a, b in given if a in now and b in now}

        return replace(
            self,
            submissions=[self.submissions[number] for number in kept],
            wishes=[self.wishes[number] for number in kept],
            zones=[self.zones[number] for number in kept],
            room_wishes=[self.room_wishes[number] for number in kept],
            presenter_pairs=pairs(self.presenter_pairs),
            attendee_pairs=pairs(self.attendee_pairs),
            of_track=[[now[number] for number in members if number in now] for members in self.of_track],
        )


def read(data: Mapping[str, Any]) -> Instance:
    """An instance from the JSON of the benchmark. Sections that are not there count as empty.

    Raises:
        Unreadable: the file holds no sessions, no rooms, a name twice, or a submission of no known track.
    """
    try:
        return _read(data)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise Unreadable(f"this file is no instance of the benchmark: {type(error).__name__} {error}") from error


def _read(data: Mapping[str, Any]) -> Instance:
    sessions = list(data["sessions"])
    session_names = _unique((str(one["id"]) for one in sessions), "session")
    room_names = _unique((str(one["id"] if isinstance(one, Mapping) else one) for one in data["rooms"]), "room")
    given = list(data["submissions"])
    listed = list(data.get("tracks") or [])
    track_names = _unique((str(one["id"] if isinstance(one, Mapping) else one) for one in listed), "track")
    for one in given:  # a track that only its submissions name
        if (name := str(one["track"])) not in track_names:
            track_names[name] = len(track_names)
    submission_names = _unique((str(one["id"]) for one in given), "submission")
    weights = {term: int((data.get("weights") or {}).get(term) or 0) for term in TERMS}
    chairs = [set(one.get("chairs") or []) if isinstance(one, Mapping) else set() for one in listed]
    chairs += [set() for _more in range(len(track_names) - len(chairs))]
    zone_costs = _zones(data, sessions)
    submissions, wishes, zones, room_wishes = [], [], [], []
    for one in given:
        wish = _row(one.get("session_penalty"), session_names)
        zone = zone_costs.get(one.get("utc_offset_h") or 0, [0] * len(sessions))
        room_wish = _row(one.get("room_penalty"), room_names)
        wishes.append(wish)
        zones.append(zone)
        room_wishes.append(room_wish)
        submissions.append(
            Submission(
                name=str(one["id"]),
                track=track_names[str(one["track"])],
                slots=max(1, int(one.get("slots") or 1)),
                order=int(one.get("order") or 0),
                presenters=frozenset(one.get("presenters") or ()),
                attendees=frozenset(one.get("attendees") or ()),
                session_cost=tuple(
                    weights["submissions_sessions"] * w + weights["submissions_timezones"] * z
                    for w, z in zip(wish, zone, strict=True)
                ),
                room_cost=tuple(weights["submissions_rooms"] * w for w in room_wish),
            )
        )
    similar: dict[Pair, int] = {}
    for a, b, value in data.get("similar_tracks") or ():
        if a in track_names and b in track_names and a != b:
            i, j = track_names[a], track_names[b]
            similar[i, j] = similar[j, i] = int(value)
    instance = Instance(
        name=str(data.get("name") or ""),
        weights=weights,
        sessions=list(session_names),
        slots=[int(one["slots"]) for one in sessions],
        rooms=list(room_names),
        tracks=list(track_names),
        submissions=submissions,
        track_session=_table(data.get("track_session_penalty"), track_names, session_names),
        track_room=_table(data.get("track_room_penalty"), track_names, room_names),
        session_room=_table(data.get("session_room_penalty"), session_names, room_names),
        similar=similar,
        wishes=wishes,
        zones=zones,
        room_wishes=room_wishes,
        of_track=[[] for _track in track_names],
    )
    for number, submission in enumerate(submissions):
        instance.of_track[submission.track].append(number)
    _pairs(instance, chairs)
    if not submission_names:
        raise Unreadable("this instance has no submission to place")
    if not session_names or not room_names:
        raise Unreadable("this instance has no session or no room to place anything in")
    return instance


def _unique(names: Iterable[str], what: str) -> dict[str, int]:
    known: dict[str, int] = {}
    for name in names:
        if name in known:
            raise Unreadable(f"the {what} {name!r} is there twice")
        known[name] = len(known)
    return known


def _row(values: Mapping[str, Any] | None, names: Mapping[str, int]) -> list[int]:
    row = [0] * len(names)
    for name, value in (values or {}).items():
        if name in names:
            row[names[name]] = int(value)
    return row


def _table(values: Mapping[str, Any] | None, rows: Mapping[str, int], columns: Mapping[str, int]) -> list[list[int]]:
    return [_row((values or {}).get(name), columns) for name in rows]


def _minutes(clock: str) -> int:
    hours, minutes = str(clock).split(":")[:2]
    return int(hours) * 60 + int(minutes)


def _zones(data: Mapping[str, Any], sessions: list[Mapping[str, Any]]) -> dict[int, list[int]]:
    """What each session costs to somebody at each offset."""
    rule = data.get("timezone_rule")
    if not rule or not all("start" in one and "end" in one for one in sessions):
        return {}
    good_from, good_to = _minutes(rule["suitable_from"]), _minutes(rule["suitable_to"])
    fair_from, fair_to = _minutes(rule["less_suitable_from"]), _minutes(rule["less_suitable_to"])
    home = data.get("local_utc_offset_h") or 0
    costs: dict[int, list[int]] = {}
    for offset in {one.get("utc_offset_h") or 0 for one in data["submissions"]}:
        row = []
        for session in sessions:
            shift = int((offset - home) * 60)
            start, end = (_minutes(session["start"]) + shift) % 1440, (_minutes(session["end"]) + shift) % 1440
            if start < fair_from or end > fair_to or end < fair_from:
                row.append(int(rule["unsuitable_penalty"]))
            elif start < good_from or end > good_to:
                row.append(int(rule["less_suitable_penalty"]))
            else:
                row.append(0)
        costs[offset] = row
    return costs


def _pairs(instance: Instance, chairs: list[set[str]]) -> None:
    """Pairs of submissions, and of tracks, that share people."""
    presents, attends, chaired = defaultdict(set), defaultdict(set), defaultdict(set)
    for number, one in enumerate(instance.submissions):
        for person in one.presenters:
            presents[person].add(number)
        for person in one.attendees:
            attends[person].add(number)
    for track, people in enumerate(chairs):
        for person in people:
            chaired[person].update(instance.of_track[track])

    def add(store: set[Pair], a: int, b: int) -> None:
        if a != b:
            store.add((min(a, b), max(a, b)))

    def chaired_elsewhere(person: str, number: int) -> Iterable[int]:
        track = instance.submissions[number].track
        return (other for other in chaired.get(person, ()) if instance.submissions[other].track != track)

    for person, mine in presents.items():
        for a, b in itertools.combinations(mine, 2):
            add(instance.presenter_pairs, a, b)
        for a in mine:
            for b in chaired_elsewhere(person, a):
                add(instance.presenter_pairs, a, b)
    for person, mine in attends.items():
        for a, b in itertools.combinations(mine, 2):
            add(instance.attendee_pairs, a, b)
        for a in mine:
            for b in presents.get(person, ()):
                add(instance.attendee_pairs, a, b)
            for b in chaired_elsewhere(person, a):
                add(instance.attendee_pairs, a, b)
    for a, b in itertools.combinations(range(len(chairs)), 2):
        if chairs[a] & chairs[b]:
            instance.chair_pairs.add((a, b))
