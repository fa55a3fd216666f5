"""An instance as the arrays of ``annealing``, and rounds of it from the best programme known."""

import math
import random
import time
from collections import defaultdict
from collections.abc import Callable

import numpy as np

from encommun.programme.builder.cosplib import annealing
from encommun.programme.builder.cosplib.instance import Instance
from encommun.programme.builder.cosplib.scoring import Programme

#: Moves between two looks at the clock.
CHUNK = 20_000
#: How warm a round begins, as shares of what the programme costs; how cold it ends, in steps of the smallest price there is.
WARMTHS = (1 / 300, 1 / 100, 1 / 30, 1 / 10)
WARMEST_AT_LEAST, COLDEST = 1.0, 0.12


def data_of(instance: Instance) -> annealing.Data:
    """Everything weighted; what shares a presenter is never in two rooms of a session."""
    weights, rooms, sessions = instance.weights, len(instance.rooms), len(instance.sessions)
    tracks, submissions = len(instance.tracks), instance.submissions
    at_place = (
        weights["tracks_sessions"] * _array(instance.track_session, tracks, sessions)[:, :, None]
        + weights["tracks_rooms"] * _array(instance.track_room, tracks, rooms)[:, None, :]
        + weights["sessions_rooms"] * _array(instance.session_room, sessions, rooms)[None, :, :]
    ).reshape(tracks, sessions * rooms)
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
        slots=np.array(instance.slots, np.int64),
        rooms=rooms,
        length=length,
        track=np.array([one.track for one in submissions], np.int64),
        at_place=np.ascontiguousarray(at_place),
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
    """Rounds of annealing. Which warmth is worth it is learnt on the way."""

    def __init__(self, instance: Instance, seed: int) -> None:
        self.instance, self.chance = instance, random.Random(seed)  # noqa: S311
        self.data = data_of(instance)
        self.state = annealing.new_state(self.data)
        self.unit = self._smallest()
        self.worth = dict.fromkeys(WARMTHS, 1.0)
        self.moves = 0

    def _smallest(self) -> int:
        data = self.data
        tables = (data.at_place, data.at_session, data.at_room, data.beside, data.partner_cost)
        prices = [
            data.room_change,
            data.parallel,
            data.gap,
            data.misranked,
            *(int(one) for many in tables for one in np.unique(many)),
        ]
        return min((price for price in prices if price > 0), default=1)

    def cells(self, programme: Programme) -> np.ndarray:
        """Where each submission is."""
        found = np.zeros(len(self.instance.submissions), np.int64)
        for (session, room), placed in programme.items():
            found[list(placed)] = session * self.data.rooms + room
        return found

    def programme(self, cells: np.ndarray) -> Programme:
        """The programme that says so."""
        held: dict[tuple[int, int], list[int]] = defaultdict(list)
        for one, cell in enumerate(cells.tolist()):
            held[divmod(cell, self.data.rooms)].append(one)
        return {cell: tuple(placed) for cell, placed in held.items()}

    def round(self, base: Programme, seconds: float, going: Callable[[], bool], better: Callable[[Programme], object]) -> bool:
        """Anneal from a programme for so long, while ``going``; each better one is handed over. Whether it gained."""
        warmth = self.chance.choices(WARMTHS, [self.worth[one] for one in WARMTHS])[0]
        best = self.cells(base)
        cost = annealing.place_all(self.data, self.state, best)
        best_cost = first = told = cost
        warm, cold = max(self.unit * WARMEST_AT_LEAST, warmth * cost), self.unit * COLDEST
        begun = time.monotonic()
        while going() and (passed := time.monotonic() - begun) < seconds:
            temperature = warm * (cold / warm) ** (passed / seconds)
            seed = self.chance.randrange(1 << 31)
            cost, best_cost = annealing.anneal(self.data, self.state, cost, temperature, CHUNK, best, best_cost, seed)
            self.moves += CHUNK
            if best_cost < told:
                told = best_cost
                better(self.programme(best))
        self.worth[warmth] = max(0.3, 0.7 * self.worth[warmth] + (1.0 if best_cost < first else 0.0))
        return bool(best_cost < first)
