"""Changes and warnings in words, in the language now active."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from encommun.programme.models import Part
from encommun.programme.queries.checks import Warned
from encommun.programme.rules import day_of
from encommun.ui.dates import clock_time, short_day

LANGUAGES = [("fr", _("French")), ("en", _("English")), ("br", _("Breton")), ("fsl", _("French sign language"))]
PARTS = {
    Part.Kind.CARRIES: _("carries the session"),
    Part.Kind.CO_FACILITATES: _("co-facilitates"),
    Part.Kind.SPEAKS: _("speaks"),
    Part.Kind.TAKES_NOTES: _("takes notes"),
}

CHANGES = {
    "new": _("New: {after}"),
    "restored": _("Takes place after all: {after}"),
    "cancelled": _("Cancelled"),
    "placed": _("Now has a place: {after}"),
    "unplaced": _("No place any more; it was {before}"),
    "moved": _("Moved: {after} instead of {before}"),
    "room": _("Other room, same time: {after_room} instead of {before_room}"),
    "time": _("Other time, same room: {after_time} instead of {before_time}"),
    "title": _("New title; it was «{before}»"),
    "people": _("Those who take part have changed"),
    "text": _("Description or details have changed"),
    "gone": _("No longer in the programme"),
    "frame": _("Breaks, rooms or axes have changed"),
}

WARNINGS = {
    "room": _("«{one}» and «{other}» are in {room} at the same time."),
    "person": _("{name} is in «{one}» and in «{other}» at the same time."),
    "walk": _("{name} has less than 15 minutes to go from «{one}» to «{other}», in another venue."),
    "plenary": _("«{one}» is a plenary, and «{other}» takes place at the same time."),
    "break": _("«{one}» runs into a break."),
    "outside": _("«{one}» is outside the slots of the day."),
    "no_notes": _("Nobody takes notes in «{one}» yet."),
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
    return gettext("{day} at {time}").format(day=short_day(day_of(moment, zone)), time=clock_time(moment, zone))


def _place(place: dict[str, str] | None, zone: ZoneInfo) -> str:
    if place is None:
        return gettext("place and time to come")
    return f"{_moment(place, zone)}, {place['room_name']}"
