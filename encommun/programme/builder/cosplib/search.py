"""Search: a first valid programme without costs, then the whole model, then small parts of it freed and solved again.

Two workers take turns at the parts in threads (CP-SAT works outside Python's lock) and share the best programme.
"""

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from encommun.programme.builder.cosplib.filling import fill
from encommun.programme.builder.cosplib.instance import Instance
from encommun.programme.builder.cosplib.model import TrackModel, group
from encommun.programme.builder.cosplib.scoring import Programme, Score, score


@dataclass(slots=True)
class Outcome:
    """The best programme found, or why there is none."""

    programme: Programme | None
    score: Score | None
    bound: int | None
    seconds: float
    first_seconds: float | None
    reasons: list[str] = field(default_factory=list)
    proved: bool = False
    rounds: int = 0
    history: list[tuple[float, int]] = field(default_factory=list)


class Search:
    """One search: ``run`` returns the best programme; ``stop`` ends it from another thread."""

    def __init__(
        self,
        instance: Instance,
        *,
        seconds: float = 60,
        workers: int = 2,
        seed: int = 0,
        told: Callable[[float, int, int | None], None] | None = None,
    ) -> None:
        self.instance, self.seconds, self.workers, self.seed, self.told = instance, seconds, max(1, workers), seed, told
        self.begun = time.monotonic()
        self.groups = group(instance)
        self.best: Programme | None = None
        self.best_score: Score | None = None
        self.first: float | None = None
        self.bound: int | None = None
        self.rounds = 0
        self.history: list[tuple[float, int]] = []
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._solvers: set[cp_model.CpSolver] = set()

    # the whole -------------------------------------------------------------------------------------------------------------------

    def run(self) -> Outcome:
        """Search until the time is up, ``stop`` is called, or the best is proved."""
        self.begun = time.monotonic()
        reasons = cannot_fit(self.instance)
        if not reasons:
            reasons = self._first()
        if self.best is not None and not self._proved():
            self._levels()
        if self.best is not None and not self._proved():
            self._whole()
        if self.best is not None and not self._proved():
            self._parts()
        return Outcome(
            programme=self.best,
            score=self.best_score,
            bound=self.bound,
            seconds=time.monotonic() - self.begun,
            first_seconds=self.first,
            reasons=reasons if self.best is None else [],
            proved=self._proved(),
            rounds=self.rounds,
            history=self.history,
        )

    def stop(self) -> None:
        """End with the best so far."""
        self._stop.set()
        with self._lock:
            for solver in self._solvers:
                solver.stop_search()

    def _left(self) -> float:
        return 0.0 if self._stop.is_set() else self.seconds - (time.monotonic() - self.begun)

    def _proved(self) -> bool:
        if self.best_score is None:
            return False
        return self.best_score.objective <= (self.bound if self.bound is not None else 0)

    def _offer(self, programme: Programme, *, equal: bool = False) -> bool:
        """Keep a programme that is valid and better (or as good)."""
        filled = fill(self.instance, programme)
        judged = score(self.instance, filled)
        if judged.hard:
            return False
        with self._lock:
            now = self.best_score.objective if self.best_score else None
            if now is not None and judged.objective > now - (0 if equal else 1):
                return False
            self.best, self.best_score = filled, judged
            at = time.monotonic() - self.begun
            if self.first is None:
                self.first = at
            if now is None or judged.objective < now:
                self.history.append((round(at, 2), judged.objective))
        if self.told is not None:
            self.told(at, judged.objective, self.bound)
        return now is None or judged.objective < now

    def _solve(
        self, built: TrackModel, seconds: float, *, workers: int, seed: int, first_only: bool = False, last_only: bool = False
    ) -> int:
        solver = cp_model.CpSolver()
        solver.parameters.max_time_in_seconds = max(0.05, seconds)
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = seed
        solver.parameters.stop_after_first_solution = first_only
        with self._lock:
            if self._stop.is_set():
                return cp_model.UNKNOWN
            self._solvers.add(solver)
        try:
            status = solver.solve(built.model, None if first_only or last_only else _Offers(self, built))
        finally:
            with self._lock:
                self._solvers.discard(solver)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._offer(built.programme(solver.value), equal=True)
        self.last_bound = round(solver.best_objective_bound) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None
        return status

    # first -----------------------------------------------------------------------------------------------------------------------

    def _first(self) -> list[str]:
        """A valid programme, whatever it costs: more rooms a track only where it needs them."""
        instance = self.instance
        most = max(1, len(instance.rooms))
        least = {t: rooms_needed(instance, t) for t in range(len(instance.tracks))}
        for more in (0, 1, 2, most):
            self.copies = {t: min(most, least[t] + more) for t in least}
            built = TrackModel(instance, self.groups, self.copies, with_rooms=False, with_costs=False)
            last = more == most or all(many == most for many in self.copies.values())
            seconds = self._left() if last else min(self._left(), max(5.0, self.seconds / 6))
            status = self._solve(built, seconds, workers=self.workers, seed=self.seed, first_only=True)
            if self.best is not None:
                return []
            if last or self._left() <= 0:
                if status == cp_model.INFEASIBLE:
                    return ["no programme keeps all hard rules together: " + why for why in hardest(instance)]
                break
        return ["no valid programme was found in the time given"]

    # whole, then parts -----------------------------------------------------------------------------------------------------------

    def _levels(self) -> None:
        """Sessions first, with what they cost, then the rooms of those sessions: two small models instead of a large one.

        Then once more with a room more for each track: what no track can hold alone in its hours may fit beside itself.
        """
        self._level(self.copies, 0.1)
        wider = {t: min(len(self.instance.rooms), many + 1) for t, many in self.copies.items()}
        if self.best_score is not None and self.best_score.objective > 0:
            self._level(wider, 0.12)

    def _level(self, copies: dict[int, int], share: float) -> None:
        built = TrackModel(self.instance, self.groups, copies, alike=True)
        built.hint(self.best or {})
        self._solve(built, min(self._left(), share * self.seconds), workers=self.workers, seed=self.seed)
        every = range(len(self.instance.sessions))
        built = TrackModel(self.instance, self.groups, self._copies_of(self.best or {}), base=self.best, frozen_sessions=every)
        built.hint(self.best or {})
        self._solve(built, min(self._left(), 0.05 * self.seconds), workers=self.workers, seed=self.seed)

    def _copies_of(self, base: Programme) -> dict[int, int]:
        count: dict[tuple[int, int], int] = defaultdict(int)
        for (session, _room), placed in base.items():
            count[self.instance.submissions[placed[0]].track, session] += 1
        return {t: max([many, *(held for (track, _s), held in count.items() if track == t)]) for t, many in self.copies.items()}

    def _whole(self) -> None:
        """The model of everything, where it is small enough to be worth it; its bound holds when no copy was left out."""
        size = len(self.instance.tracks) * len(self.instance.sessions) * len(self.instance.rooms)
        share = 0.05 if size > 8_000 else 0.2 if size > 2_000 else 0.5
        built = TrackModel(self.instance, self.groups, self.copies)
        built.hint(self.best or {})
        status = self._solve(built, min(self._left(), share * self.seconds), workers=self.workers, seed=self.seed)
        if all(many >= len(self.instance.rooms) for many in self.copies.values()):
            self.bound = self.last_bound
        elif status == cp_model.OPTIMAL:
            self._wider()

    def _wider(self) -> None:
        """With every copy allowed: on small instances this proves the best."""
        rooms = len(self.instance.rooms)
        copies = {t: min(rooms, max(self.copies[t], _useful_copies(self.instance, t))) for t in self.copies}
        built = TrackModel(self.instance, self.groups, copies)
        if self.best is not None:
            built.hint(self.best)
        self._solve(built, min(self._left(), 0.15 * self.seconds), workers=self.workers, seed=self.seed)
        if self.last_bound is not None:
            self.bound = self.last_bound

    def _parts(self) -> None:
        with ThreadPoolExecutor(self.workers) as pool:
            rounds = [pool.submit(self._rounds, self.seed * 1000 + n) for n in range(self.workers)]
        for each in rounds:
            each.result()

    def _rounds(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311
        choice = _Neighbourhoods(self.instance, self.copies, chance)
        while self._left() > 0.3 and not self._proved():
            with self._lock:
                base, judged = dict(self.best or {}), self.best_score
            if judged is None or judged.objective == 0:
                return
            kind, free, frozen, copies = choice.next(base, judged)
            built = TrackModel(self.instance, self.groups, copies, free=free, base=base, frozen_sessions=frozen)
            built.hint(base)
            before = judged.objective
            seconds = min(self._left(), choice.seconds)
            status = self._solve(built, seconds, workers=1, seed=chance.randrange(1 << 30), last_only=True)
            with self._lock:
                self.rounds += 1
                gained = self.best_score is not None and self.best_score.objective < before
            choice.learn(kind, gained=gained, closed=status == cp_model.OPTIMAL)


class _Offers(cp_model.CpSolverSolutionCallback):
    """Hands each improving programme over as it is found."""

    def __init__(self, search: Search, built: TrackModel) -> None:
        super().__init__()
        self._search, self._built = search, built

    def on_solution_callback(self) -> None:
        self._search._offer(self._built.programme(self.value))


class _Neighbourhoods:
    """Which tracks to free next: sizes grow while parts are solved to the end, and shrink when they are not."""

    KINDS = ("costly", "sessions", "rooms", "random", "related")

    def __init__(self, instance: Instance, copies: dict[int, int], chance: random.Random) -> None:
        self.instance, self.copies, self.chance = instance, copies, chance
        self.tracks = [t for t in range(len(instance.tracks)) if instance.of_track[t]]
        self.size = dict.fromkeys(self.KINDS, min(6.0, len(self.tracks)))
        self.size["sessions"] = 2.0
        self.score = dict.fromkeys(self.KINDS, 1.0)
        self.seconds = 3.0
        ordered = instance.weights["submissions_order"] > 0
        self.more = {
            t: min(len(instance.rooms), copies[t] + 1)
            if not (ordered and any(instance.submissions[one].order for one in instance.of_track[t]))
            else copies[t]
            for t in copies
        }

    def next(self, base: Programme, judged: Score) -> tuple[str, list[int], list[int], dict[int, int]]:
        """A kind of part, its tracks, the sessions that stay, and the copies."""
        kind = self.chance.choices(self.KINDS, [self.score[k] for k in self.KINDS])[0]
        held: dict[int, set[int]] = defaultdict(set)
        rooms: dict[int, set[int]] = defaultdict(set)
        copies = dict(self.copies if self.chance.random() < 0.4 else self.more)
        count: dict[tuple[int, int], int] = defaultdict(int)
        for (session, room), placed in base.items():
            track = self.instance.submissions[placed[0]].track
            held[session].add(track)
            rooms[room].add(track)
            count[track, session] += 1
        for (track, _session), many in count.items():
            copies[track] = max(copies[track], many)
        many = max(2, min(len(self.tracks), round(self.size[kind])))
        frozen: list[int] = []
        if kind == "sessions":
            sessions = range(len(self.instance.sessions))
            drawn = {s: self.chance.random() * (0.5 + judged.of_session[s]) ** 0.25 for s in sessions}
            chosen = sorted(sessions, key=lambda s: -drawn[s])[: max(2, min(len(sessions), round(self.size[kind])))]
            free = sorted({t for s in chosen for t in held[s]})
            frozen = [s for s in sessions if s not in chosen]
            # rooms of the frozen sessions stay free to change, the submissions do not
        elif kind == "rooms":
            chosen = self.chance.sample(sorted(rooms), min(len(rooms), 2))
            free = self._some({t for r in chosen for t in rooms[r]}, many)
        elif kind == "costly":
            weights = {t: judged.of_track[t] + 0.2 + self.chance.random() for t in self.tracks}
            free = sorted(self.tracks, key=lambda t: -(weights[t] ** 0.5) * self.chance.random())[:many]
        elif kind == "related":
            first = self.chance.choices(self.tracks, [judged.of_track[t] + 0.2 for t in self.tracks])[0]
            near = {t for tracks in held.values() if first in tracks for t in tracks}
            near |= {t for tracks in rooms.values() if first in tracks for t in tracks}
            near |= {b for (a, b) in self.instance.similar if a == first}
            free = [first, *self._some(near - {first}, many - 1)]
        else:
            free = self.chance.sample(self.tracks, many)
        return kind, free, frozen, copies

    def _some(self, tracks: set[int], many: int) -> list[int]:
        listed = sorted(t for t in tracks if self.instance.of_track[t])
        self.chance.shuffle(listed)
        short = listed[:many]
        rest = [t for t in self.tracks if t not in set(short)]
        return short + self.chance.sample(rest, min(len(rest), max(0, min(many, len(self.tracks)) - len(short))))

    def learn(self, kind: str, *, gained: bool, closed: bool) -> None:
        """Grow or shrink, and prefer what gains."""
        self.size[kind] = max(2.0, min(len(self.tracks), self.size[kind] * (1.08 if closed else 0.93)))
        self.score[kind] = max(0.25, 0.9 * self.score[kind] + (1.0 if gained else 0.0))


def rooms_needed(instance: Instance, track: int) -> int:
    """How many rooms at once a track needs at least, were every session its own."""
    need = sum(instance.submissions[one].slots for one in instance.of_track[track])
    there = sum(instance.slots)
    many = max(1, -(-need // max(1, there)))
    for length in {instance.submissions[one].slots for one in instance.of_track[track]}:
        of_length = sum(1 for one in instance.of_track[track] if instance.submissions[one].slots >= length)
        fit = sum(slots // length for slots in instance.slots)
        if fit:
            many = max(many, -(-of_length // fit))
    return min(many, max(1, len(instance.rooms)))


def _useful_copies(instance: Instance, track: int) -> int:
    """No track holds more rooms at once than it has submissions."""
    return max(1, len(instance.of_track[track]))


def cannot_fit(instance: Instance) -> list[str]:
    """What no programme can change, in words."""
    reasons: list[str] = []
    longest = max(instance.slots)
    reasons += [
        f"{one.name} takes {one.slots} slots; the longest session has {longest}"
        for one in instance.submissions
        if one.slots > longest
    ]
    need, there = sum(one.slots for one in instance.submissions), sum(instance.slots) * len(instance.rooms)
    if need > there:
        reasons.append(f"the submissions take {need} slots; all rooms and sessions together have {there}")
    per_person: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for one in instance.submissions:
        for person in one.presenters:
            per_person[person][one.track] += one.slots
    for person, tracks in sorted(per_person.items()):
        if len(tracks) > len(instance.sessions):
            reasons.append(
                f"{person} presents in {len(tracks)} tracks; there are {len(instance.sessions)} sessions, and one track a room"
            )
        elif (total := sum(tracks.values())) > sum(instance.slots):
            reasons.append(f"{person} presents for {total} slots; one person has {sum(instance.slots)}")
    return reasons


def hardest(instance: Instance) -> list[str]:
    """Where the trouble of an instance without programme most likely lies: the people with the most, and the fullest tracks."""
    per_person: dict[str, int] = defaultdict(int)
    for one in instance.submissions:
        for person in one.presenters:
            per_person[person] += 1
    busiest = sorted(per_person.items(), key=lambda pair: (-pair[1], pair[0]))[:3]
    words = [f"{person} presents {many} submissions" for person, many in busiest if many > 1]
    return ["; ".join(words)] if words else ["the lengths of the submissions do not fill the sessions that there are"]
