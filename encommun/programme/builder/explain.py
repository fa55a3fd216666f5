"""When nothing fits: which few wishes contradict each other, and what to drop."""

from ortools.sat.python import cp_model

from encommun.programme.builder.answers import Conflict
from encommun.programme.builder.costs import Costs
from encommun.programme.builder.model import BuildModel
from encommun.programme.builder.problem import Problem, Wish


def conflict(problem: Problem, *, seconds: float = 20, workers: int = 2, seed: int = 0) -> Conflict | None:
    """The contradiction of a problem; None when a programme exists, or nothing was proved in time."""
    built = BuildModel(problem, Costs(problem), guarded=True, with_costs=False)
    wishes = sorted(built.guards)
    built.model.add_assumptions([built.guards[wish] for wish in wishes])
    status, solver = _solve(built.model, seconds / 3, workers, seed)
    if status != cp_model.INFEASIBLE:
        return None
    by_index = {built.guards[wish].index: wish for wish in wishes}
    core = [by_index[index] for index in solver.sufficient_assumptions_for_infeasibility() if index in by_index]
    core, minimal = _fewest(built, core or wishes, seconds / 3, workers, seed)
    return Conflict(core=tuple(core), relax=_to_drop(built, wishes, seconds / 3, workers, seed), minimal=minimal)


def _fewest(built: BuildModel, core: list[Wish], seconds: float, workers: int, seed: int) -> tuple[list[Wish], bool]:
    """Leave each wish out in turn; what still contradicts goes on without it."""
    each, minimal = seconds / max(1, len(core)), True
    for wish in list(core):
        tried = [one for one in core if one != wish]
        built.model.clear_assumptions()
        built.model.add_assumptions([built.guards[one] for one in tried])
        status, _solver = _solve(built.model, each, workers, seed)
        if status == cp_model.INFEASIBLE:
            core = tried
        elif status == cp_model.UNKNOWN:
            minimal = False
    return core, minimal


def _to_drop(built: BuildModel, wishes: list[Wish], seconds: float, workers: int, seed: int) -> tuple[Wish, ...]:
    """Keep as many wishes as can hold together. What a person said of her own hours weighs more than what the team may move."""
    weight = {"available": 3, "needs": 3, "capacity": 2, "closed": 3}
    built.model.clear_assumptions()
    built.model.maximize(sum(weight.get(wish.kind, 1) * built.guards[wish] for wish in wishes))
    status, solver = _solve(built.model, seconds, workers, seed)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return ()
    return tuple(wish for wish in wishes if not solver.value(built.guards[wish]))


def _solve(model: cp_model.CpModel, seconds: float, workers: int, seed: int) -> tuple[int, cp_model.CpSolver]:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.2, seconds)
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    return solver.solve(model), solver
