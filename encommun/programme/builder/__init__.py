"""The programme builder: pure data in, pure data out. Nothing here knows of the database, of pages or of a gathering's rows."""

from importlib import import_module
from typing import TYPE_CHECKING

from encommun.programme.builder.answers import Built, Conflict, Progress
from encommun.programme.builder.costs import Costs, Unmet
from encommun.programme.builder.findings import Finding, findings
from encommun.programme.builder.problem import LEVELS, SOFT, Person, Problem, Programme, Room, Session, Wish
from encommun.programme.builder.verify import Breach, breaches

if TYPE_CHECKING:
    from encommun.programme.builder.explain import conflict
    from encommun.programme.builder.search import Builder

__all__ = [
    "LEVELS",
    "SOFT",
    "Breach",
    "Builder",
    "Built",
    "Conflict",
    "Costs",
    "Finding",
    "Person",
    "Problem",
    "Programme",
    "Progress",
    "Room",
    "Session",
    "Unmet",
    "Wish",
    "breaches",
    "conflict",
    "findings",
]

#: What needs the solver, which takes 100 MB and seconds to load: only the process that searches asks for it.
_WITH_SOLVER = {"Builder": "search", "conflict": "explain"}


def __getattr__(name: str) -> object:
    """Load what needs the solver when it is first asked for (PEP 562)."""
    if name not in _WITH_SOLVER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WITH_SOLVER[name]}"), name)
