"""An instance as the arrays of ``annealing``, and rounds of it from the best programme known."""

import math
import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable

import numpy as np

from encommun.programme.builder.cosplib import annealing
from encommun.programme.builder.cosplib.instance import Instance, read
from encommun.programme.builder.cosplib.scoring import Programme

#: Moves between two looks at the clock.
CHUNK = 20_000
#: A round begins as warm as programmes that cost so many times the best: warmer, everything melts; far colder, all is frozen.
TIMES = (1.7, 2.5, 4)
#: How cold a round ends, in steps of the smallest price there is.
COLDEST = 0.15


_ready = threading.Event()
_begun = threading.Lock()


def ready() -> threading.Event:
    """Set once the moves are compiled: seconds the first time, from ``__pycache__`` afterwards. Nobody waits for it at the end."""
    if not _ready.is_set() and _begun.acquire(blocking=False):
        threading.Thread(target=_compile, daemon=True).start()
    return _ready


def _compile() -> None:
    submission = {"id": "x", "track": "t"}
    tiny = read({"sessions": [{"id": "s", "slots": 1}], "rooms": ["r"], "submissions": [submission]})
    LocalSearch(tiny, 0).round({(0, 0): (0,)}, 0.001, lambda: True, lambda _programme: None)
    _ready.set()


def data_of(instance: Instance) -> annealing.Data:
    """Everything weighted; what shares a presenter is never in two rooms of a session."""
    weights, rooms, sessions = instance.weights, len(instance.rooms), len(instance.sessions)
    tracks, submissions = len(instance.tracks), instance.submissions
    homes = -(-tracks // rooms)  # more sessions, after the real ones
    at_place = (
        weights["tracks_sessions"] * _array(instance.track_session, tracks, sessions)[:, :, None]
        + weights["tracks_rooms"] * _array(instance.track_room, tracks, rooms)[:, None, :]
        + weights["sessions_rooms"] * _array(instance.session_room, sessions, rooms)[None, :, :]
    ).reshape(tracks, sessions * rooms)
    home = sessions * rooms + np.arange(tracks)
    at_home = np.full((tracks, homes * rooms), annealing.NEVER)
    np.fill_diagonal(at_home, 0)
    beside = np.zeros((tracks, tracks), np.int64)
    for (a, b), value in instance.similar.items():
        beside[a, b] += weights["similar_tracks"] * value
    for a, b in instance.chair_pairs:
        beside[a, b] += weights["chairs_conflicts"]
        beside[b, a] += weights["chairs_conflicts"]
    partners: dict[int, dict[int, int]] = defaultdict(dict)
    # two in one session share a slot more often than not: half its price stands for what ``filling`` cannot part
    clash = weights["attendees_conflicts_session"] + math.ceil(weights["attendees_conflicts_slot"] / 2)
    for pairs, price in ((instance.attendee_pairs, clash), (instance.presenter_pairs, annealing.NEVER)):
        for a, b in pairs if price else ():
            partners[a][b] = partners[b][a] = price
    length = np.array([one.slots for one in submissions], np.int64)
    listed = [sorted(partners[n].items()) for n in range(len(submissions))]
    rank = np.array([one.order if weights["submissions_order"] else 0 for one in submissions], np.int64)
    return annealing.Data(
        sessions=sessions,
        slots=np.array([*instance.slots, *[1 << 30] * homes], np.int64),
        rooms=rooms,
        home=home,
        length=length,
        track=np.array([one.track for one in submissions], np.int64),
        at_place=np.ascontiguousarray(np.hstack([at_place, at_home])),
        at_session=_array([one.session_cost for one in submissions], len(submissions), sessions) * length[:, None],
        at_room=_array([one.room_cost for one in submissions], len(submissions), rooms) * length[:, None],
        beside=beside,
        partners_from=_starts([len(one) for one in listed]),
        partners=np.array([b for one in listed for b, _price in one], np.int64),
        partner_cost=np.array([price for one in listed for _b, price in one], np.int64),
        rank=rank,
        has_ranks=np.array([any(rank[one] for one in members) for members in instance.of_track], np.bool_),
        members_from=_starts([len(members) for members in instance.of_track]),
        members=np.array([one for members in instance.of_track for one in members], np.int64),
        room_change=weights["rooms_per_track"],
        parallel=weights["parallel_tracks"],
        gap=weights["consecutive_tracks"],
        misranked=weights["submissions_order"],
    )


def _array(rows: object, *shape: int) -> np.ndarray:
    return np.array(rows, np.int64).reshape(shape)


def _starts(lengths: list[int]) -> np.ndarray:
    return np.cumsum([0, *lengths], dtype=np.int64)


class LocalSearch:
    """Rounds of annealing. How warm they begin is learnt from the first."""

    def __init__(self, instance: Instance, seed: int) -> None:
        self.instance, self.chance = instance, random.Random(seed)  # noqa: S311
        self.data = data_of(instance)
        self.state = annealing.new_state(self.data)
        self.unit = self._smallest()
        self.course: list[tuple[float, int]] = []  # of the first round: how warm, and what the programme cost then
        self.moves = 0

    def _smallest(self) -> int:
        data = self.data
        tables = (data.at_place[:, : data.sessions * data.rooms], data.at_session, data.at_room, data.beside, data.partner_cost)
        prices = [
            data.room_change,
            data.parallel,
            data.gap,
            data.misranked,
            *(int(one) for many in tables for one in np.unique(many)),
        ]
        return min((price for price in prices if price > 0), default=1)

    def cells(self, programme: Programme) -> np.ndarray:
        """Where each submission is; at home when it is nowhere."""
        found = self.data.home[self.data.track].copy()
        for (session, room), placed in programme.items():
            found[list(placed)] = session * self.data.rooms + room
        return found

    def programme(self, cells: np.ndarray) -> Programme:
        """The programme that says so."""
        held: dict[tuple[int, int], list[int]] = defaultdict(list)
        for one, cell in enumerate(cells.tolist()):
            if cell < self.data.sessions * self.data.rooms:
                held[divmod(cell, self.data.rooms)].append(one)
        return {cell: tuple(placed) for cell, placed in held.items()}

    def repair(self, base: Programme, going: Callable[[], bool], better: Callable[[Programme], object]) -> None:
        """Bring in what is nowhere, whatever else that costs, until nothing is left out; each nearer programme is handed over."""
        best = self.cells(base)
        cost = annealing.place_all(self.data, self.state, best)
        best_cost = told = cost
        warmth = 0.3
        while going() and best_cost >= annealing.NOWHERE:
            seed = self.chance.randrange(1 << 31)
            cost, best_cost, _made, _refused = annealing.anneal(
                self.data, self.state, cost, warmth * annealing.NOWHERE, CHUNK, best, best_cost, seed
            )
            warmth = warmth * 0.9 if warmth > 0.03 else 0.3
            if best_cost < told:
                told = best_cost
                better(self.programme(best))

    def round(self, base: Programme, seconds: float, going: Callable[[], bool], better: Callable[[Programme], object]) -> bool:
        """Anneal from a programme for so long, while ``going``; each better one is handed over. Whether it gained.

        The heat falls evenly to the coldest, whatever the scale of the prices. The first round begins hot and notes what programmes
        cost on the way down; the others begin where they cost a few times the best: there it is decided what the programme will be.
        """
        cold = self.unit * COLDEST
        best = self.cells(base)
        cost = annealing.place_all(self.data, self.state, best)
        best_cost = first = told = cost
        learns = not self.course
        warm = max(2 * cold, cost / 4 if learns else self._warm(best_cost))
        begun = time.monotonic()
        while going() and (passed := time.monotonic() - begun) < seconds:
            heat = warm * (cold / warm) ** (passed / seconds)
            seed = self.chance.randrange(1 << 31)
            cost, best_cost, _made, _refused = annealing.anneal(self.data, self.state, cost, heat, CHUNK, best, best_cost, seed)
            self.moves += CHUNK
            if learns:
                self.course.append((heat, cost))
            if best_cost < told:
                told = best_cost
                better(self.programme(best))
        return bool(best_cost < first)

    def _warm(self, best_cost: int) -> float:
        """How warm it was when programmes last cost a few times the best."""
        most = self.chance.choice(TIMES) * best_cost
        return next((heat for heat, cost in reversed(self.course) if cost >= most), self.course[0][0])
