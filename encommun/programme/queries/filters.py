"""Choosing among the sessions of a published programme by what is in the address."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from encommun.programme.queries.programme import Programme, Shown, fold

#: Query parameter -> the value that a session has for it.
ASKS: dict[str, Callable[[Shown], str]] = {
    "jour": lambda one: one.day.isoformat() if one.day else "",
    "axe": lambda one: one.axis.slug if one.axis else "",
    "lieu": lambda one: one.room.venue.slug if one.room else "",
    "format": lambda one: one.format_slug,
}
LONGEST_SEARCH = 100


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A value that can be chosen, and how many sessions it would leave."""

    value: str
    label: Any
    count: int
    is_chosen: bool
    hue: str = ""


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The sessions that are left, and what can be chosen."""

    sessions: list[Shown]
    choices: dict[str, list[Choice]]
    values: dict[str, str]
    search: str

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.search or any(self.values.values()))


def choose(programme: Programme, query: Mapping[str, str]) -> Chosen:
    """Apply the address. Values that the programme does not have are ignored."""
    labels = _labels(programme)
    values = {name: query.get(name, "") if query.get(name, "") in labels[name] else "" for name in ASKS}
    search = query.get("q", "").strip()[:LONGEST_SEARCH]
    words = fold(search).split()
    found = [one for one in programme.sessions if all(word in one.searched for word in words)]

    def left(but: str = "") -> list[Shown]:
        return [one for one in found if all(not value or name == but or ASKS[name](one) == value for name, value in values.items())]

    choices = {}
    for name, ask in ASKS.items():
        counts = Counter(ask(one) for one in left(but=name))
        hues = {axis.slug: axis.hue for axis in programme.axes} if name == "axe" else {}
        choices[name] = [
            Choice(value=value, label=label, count=counts[value], is_chosen=value == values[name], hue=hues.get(value, ""))
            for value, label in labels[name].items()
        ]
    return Chosen(sessions=left(), choices=choices, values=values, search=search)


def _labels(programme: Programme) -> dict[str, dict[str, Any]]:
    days = sorted({one.day for one in programme.placed if one.day})
    formats = {one.format_slug: one.format for one in programme.sessions if one.format_slug}
    return {
        "jour": {day.isoformat(): day for day in days},
        "axe": {axis.slug: axis.title for axis in programme.axes},
        "lieu": {venue.slug: venue.name for venue in programme.venues},
        "format": dict(sorted(formats.items())),
    }
