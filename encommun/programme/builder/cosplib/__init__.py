"""The published benchmark CoSPLib: submissions of tracks, placed in sessions, rooms and slots, by the builder's engine."""

from encommun.programme.builder.cosplib.instance import Instance, Unreadable, read
from encommun.programme.builder.cosplib.scoring import Score, score, written
from encommun.programme.builder.cosplib.search import Outcome, Search

__all__ = ["Instance", "Outcome", "Score", "Search", "Unreadable", "read", "score", "written"]
