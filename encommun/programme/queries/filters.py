"""Choosing among the sessions of a published programme by what is in the address."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from encommun.programme.queries.programme import Programme, Room, Shown, fold

#: Query parameter -> the value that a session has for it.
ASKS: dict[str, Callable[[Shown], str]] = {
    "jour": lambda one: one.day.isoformat() if one.day else "",
    "axe": lambda one: one.axis.slug if one.axis else "",
    "lieu": lambda one: one.room.venue.slug if one.room else "",
    "salle": lambda one: one.room.key if one.room else "",
    "format": lambda one: one.format_slug,
    "langue": lambda one: one.language,
}
#: What a room offers that somebody may need, asked with «acces».
ACCESS: dict[str, Callable[[Room], bool]] = {
    "plain-pied": lambda room: room.step_free,
    "boucle": lambda room: room.hearing_loop,
}
LONGEST_SEARCH = 100
NAMES: dict[str, Any] = {"fr": _("French"), "en": _("English"), "br": _("Breton"), "fsl": _("French sign language")}


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
    access: str = ""

    @property
    def is_narrowed_more(self) -> bool:
        """Whether something was chosen that has no place of its own on the page (axes and search have)."""
        return bool(self.access or any(value for name, value in self.values.items() if name != "axe"))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.search or self.access or any(self.values.values()))


def choose(programme: Programme, query: Mapping[str, str]) -> Chosen:
    """Apply the address. Values that the programme does not have are ignored."""
    labels = _labels(programme)
    values = {name: query.get(name, "") if query.get(name, "") in labels[name] else "" for name in ASKS}
    search = query.get("q", "").strip()[:LONGEST_SEARCH]
    words = fold(search).split()
    access = query.get("acces", "") if query.get("acces", "") in ACCESS else ""
    found = [one for one in programme.sessions if all(word in one.searched for word in words) and _reached(one, access)]

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
    return Chosen(sessions=left(), choices=choices, values=values, search=search, access=access)


def _reached(session: Shown, access: str) -> bool:
    return not access or (session.room is not None and ACCESS[access](session.room))


def _labels(programme: Programme) -> dict[str, dict[str, Any]]:
    days = sorted({one.day for one in programme.placed if one.day})
    held = {one.room.key for one in programme.placed if one.room}
    formats = {one.format_slug: one.format for one in programme.sessions if one.format_slug}
    return {
        "jour": {day.isoformat(): day for day in days},
        "axe": {axis.slug: axis.title for axis in programme.axes},
        "lieu": {venue.slug: venue.name for venue in programme.venues},
        "salle": {room.key: room.full_name for room in programme.rooms if room.key in held},
        "format": dict(sorted(formats.items())),
        "langue": {code: NAMES.get(code, code) for code in sorted({one.language for one in programme.sessions})},
    }
