"""Changes and warnings in words, in the language now active."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from encommun.programme.models import Part
from encommun.programme.queries.checks import Warned
from encommun.programme.rules import day_of
from encommun.ui.dates import clock_time, short_day

LANGUAGES = [("fr", lazy("French")), ("en", lazy("English")), ("br", lazy("Breton")), ("fsl", lazy("French sign language"))]
PARTS = dict(Part.Kind.choices)

CHANGES = {
    "new": lazy("New: {after}"),
    "restored": lazy("Takes place after all: {after}"),
    "cancelled": lazy("Cancelled"),
    "placed": lazy("Now has a place: {after}"),
    "unplaced": lazy("No place any more; it was {before}"),
    "moved": lazy("Moved: {after} instead of {before}"),
    "room": lazy("Other room, same time: {after_room} instead of {before_room}"),
    "time": lazy("Other time, same room: {after_time} instead of {before_time}"),
    "title": lazy("New title; it was «{before}»"),
    "people": lazy("Those who take part have changed"),
    "text": lazy("Description or details have changed"),
    "gone": lazy("No longer in the programme"),
    "frame": lazy("Breaks, rooms or axes have changed"),
}

WARNINGS = {
    "room": lazy("«{one}» and «{other}» are in {room} at the same time."),
    "person": lazy("{name} is in «{one}» and in «{other}» at the same time."),
    "walk": lazy("{name} has less than 15 minutes to go from «{one}» to «{other}», in another venue."),
    "plenary": lazy("«{one}» is a plenary, and «{other}» takes place at the same time."),
    "break": lazy("«{one}» runs into a break."),
    "outside": lazy("«{one}» is outside the slots of the day."),
    "no_notes": lazy("Nobody takes notes in «{one}» yet."),
}


def of_change(change: dict[str, Any], zone: ZoneInfo) -> str:
    """«Déplacée : jeudi 13 septembre à 14 h, Salle Micro, au lieu de …»."""
    kind, before, after = change["kind"], change["before"], change["after"]
    facts: dict[str, str] = {}
    if kind == "title":
        facts["before"] = before
    else:
        facts = {"before": _place(before, zone), "after": _place(after, zone)}
    if kind == "moved" and before["starts_at"] == after["starts_at"]:
        kind, facts = "room", {"after_room": after["room_name"], "before_room": before["room_name"]}
    elif kind == "moved" and before["room"] == after["room"] and before["starts_at"] != after["starts_at"]:
        kind, facts = "time", {"after_time": _moment(after, zone), "before_time": _moment(before, zone)}
    return str(CHANGES[kind]).format(**facts)


def of_warning(warned: Warned) -> str:
    """A warning as a sentence."""
    return str(WARNINGS[warned.kind]).format(**warned.facts)


def _moment(place: dict[str, str], zone: ZoneInfo) -> str:
    moment = datetime.fromisoformat(place["starts_at"])
    return _("{day} at {time}").format(day=short_day(day_of(moment, zone)), time=clock_time(moment, zone))


def _place(place: dict[str, str] | None, zone: ZoneInfo) -> str:
    if place is None:
        return _("place and time to come")
    return f"{_moment(place, zone)}, {place['room_name']}"
