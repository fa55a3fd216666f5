"""Search: a first valid programme, then better ones, by annealing and by freeing parts and solving them exactly.

Workers are threads that share the best programme: CP-SAT and the compiled moves both work outside Python's lock.
"""

import math
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from encommun.programme.builder.cosplib.filling import fill
from encommun.programme.builder.cosplib.first import first_cells
from encommun.programme.builder.cosplib.fitting import cannot_fit, hardest, rooms_needed
from encommun.programme.builder.cosplib.instance import Instance
from encommun.programme.builder.cosplib.local import LocalSearch, ready
from encommun.programme.builder.cosplib.model import TrackModel, group
from encommun.programme.builder.cosplib.parts import Neighbourhoods
from encommun.programme.builder.cosplib.scoring import Programme, Score, score

#: How long one annealing lasts, as a share of the time given; the first is shorter, and so is a turn of exact parts.
TURN, PARTS = 0.4, 0.05
#: Up to this many (block, session, room) the whole is solved at once too: then the best is often proved.
SMALL = 5_000


@dataclass(slots=True)
class Outcome:
    """The best programme found, or why there is none."""

    instance: Instance  # without what is left out
    programme: Programme | None
    score: Score | None
    bound: int | None
    seconds: float
    first_seconds: float | None
    reasons: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
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
        self._of_part: Search | None = None
        self._until = math.inf
        self.building = 0.0  # the longest that making the model of a part took: none is begun too late
        self.nearest: Programme = {}
        self.reasons: list[str] = []  # why nothing fits, once it is proved
        self.copies = {t: rooms_needed(instance, t) for t in range(len(instance.tracks))}

    # the whole -------------------------------------------------------------------------------------------------------------------

    def run(self, begin: Programme | None = None) -> Outcome:
        """Search until the time is up, ``stop`` is called, or the best is proved.

        What cannot be placed is left out, with the reasons, and the rest built as well as can be.
        """
        self.begun = time.monotonic()
        ready()
        reasons: list[str] = []
        self._nearer(begin if begin is not None else self._begin())
        if self.best is None:
            reasons = cannot_fit(self.instance)
            self._repair(certain=bool(reasons))
            reasons = reasons or self.reasons
        if self.best is None and self.nearest:
            return self._without_some(self.nearest, reasons)
        if self.best is not None and not self._proved():
            self._improve()
        return Outcome(
            instance=self.instance,
            programme=self.best,
            score=self.best_score,
            bound=self.bound,
            seconds=time.monotonic() - self.begun,
            first_seconds=self.first,
            reasons=reasons if self.best is None else [],
            left_out=[one.name for one in self.instance.submissions] if self.best is None else [],
            proved=self._proved(),
            rounds=self.rounds,
            history=self.history,
        )

    def _without_some(self, nearest: Programme, reasons: list[str]) -> Outcome:
        """The best programme of what can be placed, and what cannot."""
        placed = {number for numbers in nearest.values() for number in numbers}
        left_out = [number for number in range(len(self.instance.submissions)) if number not in placed]
        part = self.instance.without(set(left_out))
        now = {number: place for place, number in enumerate(sorted(placed))}
        search = Search(part, seconds=self._left(), workers=self.workers, seed=self.seed, told=self.told)
        with self._lock:
            self._of_part = search
        if self._stop.is_set():
            search.stop()
        outcome = search.run(begin={cell: tuple(now[number] for number in numbers) for cell, numbers in nearest.items()})
        outcome.seconds, outcome.first_seconds = time.monotonic() - self.begun, None
        outcome.reasons = reasons or ["no programme with everything was found in the time given"]
        outcome.left_out, outcome.proved = [self.instance.submissions[number].name for number in left_out], False
        return outcome

    def stop(self) -> None:
        """End with the best so far."""
        self._stop.set()
        with self._lock:
            for solver in self._solvers:
                solver.stop_search()
            part = self._of_part
        if part is not None:
            part.stop()

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

    def _begin(self) -> Programme:
        local = LocalSearch(self.instance, self.seed)
        return local.programme(first_cells(local.data))

    def _nearer(self, programme: Programme) -> None:
        """A programme that may leave some out; kept when it leaves out less."""
        many = sum(len(placed) for placed in programme.values())
        if many == len(self.instance.submissions):
            self._offer(programme)
        with self._lock:
            if many > sum(len(placed) for placed in self.nearest.values()):
                self.nearest = programme

    def _repair(self, *, certain: bool) -> None:
        """Bring in what the first programme left out: by exchanges, and by CP-SAT, which may prove that nothing brings it in.

        Where it is ``certain`` that something stays out, a fifth of the time is enough.
        """
        self._until = time.monotonic() + (0.2 if certain else 0.6) * self._left()
        with ThreadPoolExecutor(2) as pool:
            jobs = [pool.submit(self._bring_in)]
            if not certain:
                jobs.append(pool.submit(self._feasible))
        for each in jobs:
            each.result()

    def _lacking(self) -> bool:
        return self.best is None and not self.reasons and time.monotonic() < self._until and self._left() > 0

    def _bring_in(self) -> None:
        while self._lacking() and not ready().wait(0.05):
            pass
        if self._lacking():
            LocalSearch(self.instance, self.seed).repair(self.nearest, self._lacking, self._nearer)
        with self._lock:
            solvers = list(self._solvers)
        for solver in solvers:
            solver.stop_search()

    def _feasible(self) -> None:
        """A valid programme whatever it costs: more rooms a track only where it needs them."""
        most = max(1, len(self.instance.rooms))
        for more in (0, 1, 2, most):
            if not self._lacking():
                return
            copies = {t: min(most, many + more) for t, many in self.copies.items()}
            built = TrackModel(self.instance, self.groups, copies, with_rooms=False, with_costs=False)
            seconds = self._until - time.monotonic()
            last = more == most or all(many == most for many in copies.values())
            workers = max(1, self.workers - 1)
            status = self._solve(built, seconds if last else 0.3 * seconds, workers=workers, seed=self.seed, first_only=True)
            if last and status == cp_model.INFEASIBLE:
                self.reasons = ["no programme keeps all hard rules together: " + why for why in hardest(self.instance)]

    # better and better -----------------------------------------------------------------------------------------------------------

    def _improve(self) -> None:
        """One worker takes turns at exact parts and annealing, the others anneal. All begin from the best that any of them found."""
        with ThreadPoolExecutor(self.workers) as pool:
            jobs = [pool.submit(self._take_turns, 0.3 if self.workers == 1 else 0.7)]
            jobs += [pool.submit(self._anneal, self.seed * 1000 + n) for n in range(1, self.workers)]
        for each in jobs:
            each.result()

    def _open(self) -> bool:
        return self._left() > 0.05 and not self._proved()

    def _take_turns(self, bound: float) -> None:
        """Parts solved exactly, and annealing, in turn; most of the time goes to annealing, which gains more."""
        rounds, local = self._neighbourhoods(), LocalSearch(self.instance, self.seed)
        if self.workers == 1 and ready().is_set():
            self._one_annealing(local)
        self._bound(bound)
        while self._open():
            until = time.monotonic() + PARTS * self.seconds
            while self._left() > 0.3 + 2 * self.building and not self._proved() and time.monotonic() < until:
                self._one_part(rounds)
            if ready().is_set():
                self._one_annealing(local)

    def _anneal(self, seed: int) -> None:
        local = LocalSearch(self.instance, seed)
        while self._open() and not ready().wait(0.05):
            pass
        while self._open():
            self._one_annealing(local)

    def _one_annealing(self, local: LocalSearch) -> None:
        with self._lock:
            base = dict(self.best or {})
        share = TURN if local.moves else 0.4 * TURN
        local.round(base, min(self._left(), max(1.0, share * self.seconds)), self._open, self._offer)

    def _neighbourhoods(self) -> Neighbourhoods:
        return Neighbourhoods(self.instance, self.copies, random.Random(self.seed * 1000))  # noqa: S311

    def _bound(self, share: float) -> None:
        """What every programme costs at least: from each track, or from the model of everything where that is small enough."""
        self.bound = max(self.bound or 0, self._bound_by_tracks())
        rooms, sessions = len(self.instance.rooms), len(self.instance.sessions)
        copies = {t: min(rooms, max(1, len(members))) for t, members in enumerate(self.instance.of_track)}
        pairs = len(self.instance.attendee_pairs) * sessions * max(copies.values()) ** 2
        if sum(copies.values()) * sessions * rooms > SMALL or pairs > SMALL or not self._open():
            return
        built = TrackModel(self.instance, self.groups, copies)
        built.hint(self.best or {})
        self._solve(built, min(self._left(), share * self.seconds), workers=1, seed=self.seed)
        if self.last_bound is not None:
            self.bound = max(self.bound, self.last_bound)

    def _bound_by_tracks(self) -> int:
        """Each track alone in the whole building: together they cost no less. Rooms are left out, which only lowers it."""
        total, until = 0, time.monotonic() + 0.1 * self.seconds
        for track, members in enumerate(self.instance.of_track):
            if not members or time.monotonic() > until:
                continue
            copies = {track: min(len(self.instance.rooms), len(members))}
            built = TrackModel(self.instance, self.groups, copies, free=[track], with_rooms=False)
            solver = cp_model.CpSolver()
            solver.parameters.num_workers, solver.parameters.max_time_in_seconds = 1, 0.5
            if solver.solve(built.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                total += max(0, math.ceil(solver.best_objective_bound - 1e-6))
        return total

    def _one_part(self, choice: Neighbourhoods) -> None:
        with self._lock:
            base, judged = dict(self.best or {}), self.best_score
        if judged is None:
            return
        begun = time.monotonic()
        kind, free, frozen, copies = choice.next(base, judged)
        built = TrackModel(self.instance, self.groups, copies, free=free, base=base, frozen_sessions=frozen)
        built.hint(base)
        self.building = max(self.building, time.monotonic() - begun)
        seed = choice.chance.randrange(1 << 30)
        status = self._solve(built, min(self._left(), choice.seconds), workers=1, seed=seed, last_only=True)
        with self._lock:
            self.rounds += 1
            gained = self.best_score is not None and self.best_score.objective < judged.objective
        choice.learn(kind, gained=gained, closed=status == cp_model.OPTIMAL)


class _Offers(cp_model.CpSolverSolutionCallback):
    """Hands each improving programme over as it is found."""

    def __init__(self, search: Search, built: TrackModel) -> None:
        super().__init__()
        self._search, self._built = search, built

    def on_solution_callback(self) -> None:
        self._search._offer(self._built.programme(self.value))
