"""Changes and warnings in words, in the language now active."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from encommun.events.hours import place_of
from encommun.places.models import Equipment
from encommun.programme.imports import Problem, Unreadable
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
    "walk": _("{name} has less than {minutes} minutes to go from «{one}» to «{other}», in another venue."),
    "closed": _("«{one}» is in {room} while this room is closed."),
    "available": _("{name} takes part in «{one}», and cannot be there at this time."),
    "capacity": _("«{one}»: {public} people may come, and {room} holds {capacity}."),
    "lacks": _("«{one}» is in {room}, which lacks: {lacks}."),
    "order": _("«{other}» continues «{one}», and begins before it ends."),
    "at_once": _("«{other}» should follow «{one}» at once, in the same room."),
    "language": _("«{one}» and «{other}» are in {language} at the same time: those who need it must choose."),
    "plenary": _("«{one}» is a plenary, and «{other}» takes place at the same time."),
    "break": _("«{one}» runs into a break."),
    "outside": _("«{one}» is outside the slots of the day."),
    "wished": _("«{one}» is not at the time that {name} would rather have."),
    "wished_itself": _("«{one}» is not at the time wished for."),
    "zone": _("«{one}» begins at {hour} for {name}, who speaks from {place}."),
    "no_notes": _("Nobody takes notes in «{one}» yet."),
}

#: What a room lacks for a session (``queries/fitting.py``).
LACKS = {
    "layout": _("seats in this order"),
    "capacity": _("seats enough"),
    "step_free": _("step-free access"),
    "hearing_loop": _("a hearing loop"),
    "quiet": _("quiet"),
    **dict(Equipment.choices),
}

#: What the grid says (``static/programme/editor.js``).
EDITOR = {
    "moved": _("«{title}»: {place}."),
    "unplaced": _("«{title}» has no place any more."),
    "other_moved": _("{name} moved «{title}»: {place}."),
    "conflict": _("{name} moved «{title}» meanwhile: {place}. Keep that place, or put yours?"),
    "somebody": _("Somebody"),
    "nowhere": _("no place"),
    "closed": _("Room closed"),
    "fixed": _("fixed"),
    "is_fixed": _("It is fixed there: open it to let it loose first."),
    "fix_said": _("Noted: what is fixed stays where it is."),
    "all_placed": _("Every session has its place."),
    "none_found": _("None of them has these words."),
    "people": _("{n} interested"),
    "see": _("See it"),
    "fit": _("Rooms that fit"),
    "lacking": _("Rooms that lack something"),
    "lacks": _("lacks: {lacks}"),
    "no_network": _("The network does not answer: nothing was moved. Try again in a moment."),
    "failed": _("This did not work: nothing was moved."),
}

#: Why a file cannot be read (``imports.Unreadable.code``).
UNREADABLE = {
    "empty": _("This file is empty."),
    "too_big": _("This file is too large: 12 MB at most."),
    "too_many": _("This file holds more than {most} sessions: split it."),
    "entities": _(
        "This file declares parts that repeat themselves (entities, aliases); for safety it is not read. Save it without them."
    ),
    "not_xml": _("This looks like XML, and cannot be read as XML."),
    "other_xml": _("This XML is no programme: it begins with «{tag}» where «schedule» with days is awaited."),
    "entries_xml": _(
        "This XML lists «entry» and not «event»: it is of another kind than schedule.xml. Save it as CSV and bring that."
    ),
    "not_json": _("This looks like JSON, and cannot be read as JSON."),
    "nothing_in_it": _("Nothing in this file looks like a session: something with a title and a time, a text or people."),
    "no_event": _("This calendar holds no event."),
    "not_a_table": _("This cannot be read as a table. Save it as CSV in UTF-8, with one line a session."),
    "other_file": _("This kind of file is not read. Bring schedule.xml, JSON, YAML, iCalendar, CSV or a workbook (xlsx)."),
}
#: What is said of one item of a file (``imports.Problem.code``).
PROBLEMS = {
    "no_title": _("no title: left out"),
    "repeated": _("«{title}» is there twice, with the same time and room: kept once"),
    "id_again": _("«{title}» has the id of another session: kept as a session of its own"),
    "title_cut": _("«{title}» has a title of more than 150 signs: shortened, the whole is kept in the description"),
    "text_cut": _("«{title}» has a text of more than 6,000 signs: shortened"),
    "time_unread": _("«{title}»: its time cannot be read; it comes without a place"),
    "no_length": _("«{title}»: no length given; 60 minutes for now"),
    "too_long": _("«{title}» is longer than a day: 24 hours for now"),
    "not_ended": _("an event begins here and does not end: left out"),
    "cut_short": _("the file stops in the middle: what follows is missing"),
    "mended": _("the file is not well written here; it is read as well as it can be"),
    "again": _("«{title}» repeats itself: {count} sessions"),
    "no_title_column": _("no column for the title: choose it below"),
    "cancelled_there": _("«{title}» was cancelled, withdrawn or refused there; it is left out"),
    "outside_days": _("«{title}» is on none of the gathering’s days; it comes without a place"),
    "no_room": _("«{title}» has a time and no room: in a room to be named"),
}
FIELDS = {
    "title": _("Title"),
    "id": _("Id"),
    "day": _("Day"),
    "start": _("Starts at"),
    "end": _("Ends at"),
    "minutes": _("Length"),
    "room": _("Room"),
    "people": _("Who takes part"),
    "track": _("Axis"),
    "format": _("Format"),
    "language": _("Language"),
    "abstract": _("Short text"),
    "description": _("Description"),
    "state": _("State"),
}


def of_unreadable(error: Unreadable) -> str:
    """Why a file cannot be read."""
    return str(UNREADABLE[error.code]).format(**error.facts)


def of_problem(problem: Problem) -> str:
    """«Ligne 12 : pas de titre»."""
    words = str(PROBLEMS[problem.code]).format(**problem.facts)
    where = problem.where
    if (match := re.fullmatch(r"line (\d+)", where)) is not None:
        where = gettext("line {number}").format(number=match[1])
    elif (match := re.fullmatch(r"line (\d+), event (.*)", where)) is not None:
        where = gettext("line {number}, session {name}").format(number=match[1], name=match[2])
    elif (match := re.fullmatch(r"event (.*)", where)) is not None:
        where = gettext("session {number}").format(number=match[1])
    return gettext("{where}: {words}").format(where=where, words=words)


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
    facts = dict(warned.facts)
    if "lacks" in facts:
        facts["lacks"] = of_lacks(facts["lacks"])
    if "language" in facts:
        facts["language"] = str(dict(LANGUAGES).get(facts["language"], facts["language"])).lower()
    if "zone" in facts:
        facts |= {"hour": clock_time(facts["starts_at"], facts["zone"]), "place": place_of(str(facts["zone"]))}
    return str(WARNINGS[warned.kind]).format(**facts)


def of_lacks(codes: Iterable[str]) -> str:
    """«projecteur et écran, boucle magnétique»."""
    return ", ".join(str(LACKS[code]) for code in codes)


def _moment(place: dict[str, str], zone: ZoneInfo) -> str:
    moment = datetime.fromisoformat(place["starts_at"])
    return gettext("{day} at {time}").format(day=short_day(day_of(moment, zone)), time=clock_time(moment, zone))


def _place(place: dict[str, str] | None, zone: ZoneInfo) -> str:
    if place is None:
        return gettext("place and time to come")
    return f"{_moment(place, zone)}, {place['room_name']}"
