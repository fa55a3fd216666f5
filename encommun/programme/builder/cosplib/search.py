"""Search: a first valid programme without costs, then better ones, by annealing and by freeing parts and solving them exactly.

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
from encommun.programme.builder.cosplib.fitting import cannot_fit, hardest, rooms_needed
from encommun.programme.builder.cosplib.instance import Instance
from encommun.programme.builder.cosplib.local import LocalSearch
from encommun.programme.builder.cosplib.model import TrackModel, group
from encommun.programme.builder.cosplib.parts import Neighbourhoods
from encommun.programme.builder.cosplib.scoring import Programme, Score, score

#: How long one annealing lasts, and one turn of exact parts, as a share of the time given.
TURN = 0.2
#: Up to this many (track, session, room) the whole is solved at once too: then the best is often proved.
SMALL = 2_000


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
            self._improve()
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

    # better and better -----------------------------------------------------------------------------------------------------------

    def _improve(self) -> None:
        """One worker solves parts exactly, the others anneal; a single one takes turns. All begin from the best that any of them found."""
        with ThreadPoolExecutor(self.workers) as pool:
            if self.workers == 1:
                jobs = [pool.submit(self._take_turns)]
            else:
                jobs = [
                    pool.submit(self._exact),
                    *(pool.submit(self._anneal, self.seed * 1000 + n) for n in range(1, self.workers)),
                ]
        for each in jobs:
            each.result()

    def _open(self) -> bool:
        return self._left() > 0.05 and not self._proved()

    def _take_turns(self) -> None:
        rounds, local = self._neighbourhoods(), LocalSearch(self.instance, self.seed)
        self._one_annealing(local)
        self._bound(0.3)
        while self._open():
            self._one_annealing(local)
            until = time.monotonic() + TURN * self.seconds
            while self._open() and time.monotonic() < until:
                self._one_part(rounds)

    def _exact(self) -> None:
        self._bound(0.7)
        rounds = self._neighbourhoods()
        while self._left() > 0.3 and not self._proved():
            self._one_part(rounds)

    def _anneal(self, seed: int) -> None:
        local = LocalSearch(self.instance, seed)
        while self._open():
            self._one_annealing(local)

    def _one_annealing(self, local: LocalSearch) -> None:
        with self._lock:
            base = dict(self.best or {})
        local.round(base, min(self._left(), max(1.0, TURN * self.seconds)), self._open, self._offer)

    def _neighbourhoods(self) -> Neighbourhoods:
        return Neighbourhoods(self.instance, self.copies, random.Random(self.seed * 1000))  # noqa: S311

    def _bound(self, share: float) -> None:
        """What every programme costs at least: from each track, or from the model of everything where that is small enough."""
        self.bound = max(self.bound or 0, self._bound_by_tracks())
        if len(self.instance.tracks) * len(self.instance.sessions) * len(self.instance.rooms) > SMALL or not self._open():
            return
        rooms = len(self.instance.rooms)
        built = TrackModel(
            self.instance, self.groups, {t: min(rooms, max(1, len(members))) for t, members in enumerate(self.instance.of_track)}
        )
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
        kind, free, frozen, copies = choice.next(base, judged)
        built = TrackModel(self.instance, self.groups, copies, free=free, base=base, frozen_sessions=frozen)
        built.hint(base)
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
