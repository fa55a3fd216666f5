"""The programme builder: pure data in, pure data out. Nothing here knows of the database, of pages or of a gathering's rows."""

from encommun.programme.builder.costs import Costs, Unmet
from encommun.programme.builder.explain import Conflict, Finding, conflict, findings
from encommun.programme.builder.problem import LEVELS, SOFT, Person, Problem, Programme, Room, Session, Wish
from encommun.programme.builder.search import Builder, Built, Progress
from encommun.programme.builder.verify import Breach, breaches

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
