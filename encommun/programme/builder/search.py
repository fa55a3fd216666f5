"""Build a programme: a first one in a blink, then CP-SAT on parts of it, keeping every better one; stopped at any moment."""

import math
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from ortools.sat.python import cp_model

from encommun.programme.builder.answers import Built, Progress
from encommun.programme.builder.costs import Costs
from encommun.programme.builder.first import first_programme
from encommun.programme.builder.model import LEFT_OUT, BuildModel
from encommun.programme.builder.problem import Problem, Programme
from encommun.programme.builder.verify import Breach, breaches

#: Up to this many sessions the whole is solved at once too: then the bound is one of the whole.
WHOLE = 60


class Builder:
    """One search. ``told`` hears of each better programme; ``stop`` ends it with the best so far."""

    def __init__(
        self,
        problem: Problem,
        *,
        seconds: float = 60,
        workers: int = 2,
        seed: int = 0,
        keep: bool = False,
        stall: float = 20,
        rounds: int | None = None,
        told: Callable[[Progress], None] | None = None,
    ) -> None:
        self.problem, self.seconds, self.workers, self.seed, self.keep = problem, seconds, max(1, workers), seed, keep
        self.stall, self.most_rounds, self.told = stall, rounds, told
        self.costs = Costs(problem)
        self.best: Programme = {}
        self.value: tuple[int, int] | None = None  # sessions left out, cost
        self.bound: int | None = None
        self.first: float | None = None
        self.rounds = 0
        self.proved = False
        self.begun = self.gained_at = time.monotonic()
        self._lock, self._stop = threading.Lock(), threading.Event()
        self._solvers: set[cp_model.CpSolver] = set()

    def stop(self) -> None:
        """End with the best so far."""
        self._stop.set()
        with self._lock:
            for solver in self._solvers:
                solver.stop_search()

    def run(self) -> Built:
        """Search until proved, until nothing got better for a while, or until the time is up."""
        self.begun = self.gained_at = time.monotonic()
        self._offer(first_programme(self.problem, self.costs, keep=self.keep))
        if len(self.problem.sessions) <= WHOLE:
            self._whole()
        if not self.proved:
            self._parts()
        found = breaches(self.problem, self.best)
        unmet = self.costs.unmet(self.best)
        return Built(
            programme=self.best,
            breaches=found,
            unmet=unmet,
            cost=sum(one.cost for one in unmet),
            bound=self.bound,
            seconds=time.monotonic() - self.begun,
            first_seconds=self.first,
            proved=self.proved,
            rounds=self.rounds,
        )

    def _left(self) -> float:
        if self._stop.is_set():
            return 0.0
        now = time.monotonic()
        if self.value is not None and self.value[0] == 0 and now - self.gained_at > self.stall and self.most_rounds is None:
            return 0.0
        return self.seconds - (now - self.begun)

    def _offer(self, programme: Programme) -> bool:
        found = breaches(self.problem, programme)
        if any(one.kind != "unplaced" for one in found):
            programme = self._without(programme, found)
            found = breaches(self.problem, programme)
            if any(one.kind != "unplaced" for one in found):
                return False
        value = (len(found), self.costs.total(programme))
        with self._lock:
            better = self.value is None or value < self.value
            if self.value is not None and value > self.value:
                return False
            self.best, self.value = programme, value
            now = time.monotonic()
            if better:
                self.gained_at = now
            if not found and self.first is None:
                self.first = now - self.begun
        if better and self.told is not None:
            self.told(Progress(dict(programme), value[0], value[1], self.bound, now - self.begun))
        return better

    @staticmethod
    def _without(programme: Programme, found: list[Breach]) -> Programme:
        """Only what breaks no rule: sessions in a breach are taken out, those with the most breaches first."""
        left = dict(programme)
        times = Counter(key for one in found if one.kind != "unplaced" for key in one.sessions)
        for one in found:
            if one.kind != "unplaced" and all(key in left for key in one.sessions):
                left.pop(max(one.sessions, key=lambda key: (times[key], key)))
        return left

    def _solve(self, built: BuildModel, seconds: float, *, workers: int, seed: int, callback: bool = False) -> tuple[int, float]:
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.num_workers, parameters.random_seed = workers, seed
        if self.most_rounds is None:
            parameters.max_time_in_seconds = max(0.05, seconds)
        else:
            parameters.max_deterministic_time = seconds
        with self._lock:
            if self._stop.is_set():
                return cp_model.UNKNOWN, -math.inf
            self._solvers.add(solver)
        try:
            status = solver.solve(built.model, _Offers(self, built) if callback else None)
        finally:
            with self._lock:
                self._solvers.discard(solver)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self._offer(built.programme(solver.value))
        return status, solver.best_objective_bound

    def _whole(self) -> None:
        built = BuildModel(self.problem, self.costs)
        built.hint(self.best)
        share = min(self._left(), 0.4 * self.seconds) if self.most_rounds is None else 20.0
        status, bound = self._solve(built, share, workers=self.workers, seed=self.seed, callback=True)
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
            self.learn(bound)
        self.proved = status == cp_model.OPTIMAL

    def learn(self, bound: float) -> None:
        """Keep the best lower bound of the whole: no programme costs less. Costs are whole numbers."""
        if math.isfinite(bound):
            self.bound = max(self.bound or 0, math.ceil(bound - 1e-6))

    def _parts(self) -> None:
        if self.workers == 1 or self.most_rounds is not None:
            self._rounds(self.seed)
            return
        with ThreadPoolExecutor(self.workers) as pool:
            rounds = [pool.submit(self._rounds, self.seed * 1000 + n) for n in range(self.workers)]
        for each in rounds:
            each.result()

    def _rounds(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311
        size = min(14.0, float(len(self.problem.sessions)))
        while self._left() > 0.1 and (self.most_rounds is None or self.rounds < self.most_rounds):
            with self._lock:
                base, value = dict(self.best), self.value
            if value == (0, 0):
                self.bound, self.proved = 0, True
                return
            free = self._some(base, max(2, round(size)), chance)
            built = BuildModel(self.problem, self.costs, free=free, base=base)
            built.hint(base)
            status, _bound = self._solve(built, min(self._left(), 2.0), workers=1, seed=chance.randrange(1 << 30))
            self.rounds += 1
            size = max(4.0, min(len(self.problem.sessions), size * (1.1 if status == cp_model.OPTIMAL else 0.85)))

    def _some(self, base: Programme, many: int, chance: random.Random) -> set[str]:
        """What stands nowhere first, then the dearest, those at the same hours, those of the same people, and others by chance."""
        keys = [one.key for one in self.problem.sessions]
        free = {key for key in keys if key not in base}
        if len(free) > many // 2:
            free = set(chance.sample(sorted(free), max(1, many // 2)))
        weight: Counter[str] = Counter()
        for one in self.costs.unmet(base):
            for key in one.sessions:
                weight[key] += one.cost
        if not free:
            free.add(chance.choices(keys, [weight[key] + 0.1 for key in keys])[0])
        near: list[str] = []
        people = {person for key in free for person in self.problem.session(key).people}
        near += [key for key in keys if people & set(self.problem.session(key).people)]
        draw = chance.random()
        if draw < 0.35 and base:
            hour = base[chance.choice(sorted(base))][0]
            near += sorted(base, key=lambda key: abs(base[key][0] - hour))[:many]
        elif draw < 0.6:
            axes = {self.problem.session(key).axis for key in free}
            near += chance.sample(keys, len(keys))[: many // 2]
            near += [key for key in keys if self.problem.session(key).axis in axes]
        elif draw < 0.8:
            near += sorted(keys, key=lambda key: -(weight[key] + 0.1) * chance.random())
        near += chance.sample(keys, min(len(keys), many))
        for key in near:
            if len(free) >= many:
                break
            free.add(key)
        return free


class _Offers(cp_model.CpSolverSolutionCallback):
    """Hands each better programme over as it is found."""

    def __init__(self, builder: Builder, built: BuildModel) -> None:
        super().__init__()
        self._builder, self._built = builder, built

    def on_solution_callback(self) -> None:
        self._builder.learn(self.best_objective_bound)
        self._builder._offer(self._built.programme(self.value))


__all__ = ["LEFT_OUT", "Builder", "Built", "Progress"]
