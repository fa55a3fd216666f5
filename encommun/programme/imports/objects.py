"""Programmes in JSON or YAML: schedule.json (1 and 2), pretalx, Indico, Sessionize, OpenAgenda, JSON-LD, and any file with a list of
things that have a title."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from encommun.programme.imports.found import MOST_ITEMS, Found, Somebody, Unreadable
from encommun.programme.imports.gather import Draft, gather
from encommun.programme.imports.lines import Lines
from encommun.programme.imports.texts import (
    clock_in,
    day_in,
    decoded,
    joined,
    length_in,
    moment,
    names_in,
    on_day,
    one_line,
    paragraphs,
    plain,
    zone_of,
)
from encommun.programme.rules import DAY_CHANGES_AT

ROLES = {"MODERATOR": "co_facilitates", "CONTRIBUTOR": "speaks", "SPEAKER": "speaks", "GUEST": "speaks"}
TITLES = ("title", "titre", "subject")
#: A thing with a title is a session if it also has one of these; names of fields without signs or capitals.
STARTS = ("start", "starttime", "startsat", "startdate", "begin", "slot", "slots", "timings")
TELLING = (*STARTS, "abstract", "description", "speakers", "speaker", "duration", "eventid")
#: What holds sessions and is none itself, whatever it is called and whenever it begins.
HOLDING = ("contributions", "entries", "subevent", "subevents", "sessions", "talks", "events", "submissions", "items", "rooms")
#: A slot holds its session under one of these.
HELD = ("submission", "session", "talk", "proposal", "contribution", "event")
NOT_INSIDE = {
    "resources", "links", "attachments", "answers", "tracks", "speakers", "track", "room", "submissiontype", "persons", "timeslots",
    "questions", "categories", "location", "performer", "organizer", "image", "categoryitems",
}  # fmt: skip
DEEPEST = 12


def read(data: bytes, zone: ZoneInfo) -> Found:
    """A JSON file. One that was cut is read up to where it stops; one object a line is read too.

    Raises:
        Unreadable: it is not JSON, or holds nothing that looks like sessions.
    """
    text = decoded(data)
    cut_at = 0
    try:
        body = json.loads(text)
    except RecursionError as error:
        raise Unreadable("not_json") from error
    except ValueError as error:
        body, cut_at = _saved(text)
        if body is None:
            raise Unreadable("not_json") from error
    found = _read(body, zone, Lines(text))
    if cut_at:
        found.note(f"line {cut_at}", "cut_short")
    return found


def read_yaml(data: bytes, zone: ZoneInfo) -> Found:
    """A YAML file: plain data only, without aliases (few of them can swell to anything).

    Raises:
        Unreadable: it is not YAML, or holds nothing that looks like sessions.
    """
    text = decoded(data)
    try:
        if any(isinstance(one, yaml.AliasEvent) for one in yaml.parse(text, yaml.CSafeLoader)):
            raise Unreadable("entities")
        body = json.loads(json.dumps(yaml.load(text, yaml.CSafeLoader), default=str))  # days and moments as ISO texts
    except (yaml.YAMLError, RecursionError, ValueError, TypeError, OverflowError) as error:
        raise Unreadable("other_file") from error
    return _read(body, zone, Lines(text))


def _read(body: Any, zone: ZoneInfo, lines: Lines) -> Found:
    schedule = body.get("schedule") if isinstance(body, Mapping) else None
    if isinstance(schedule, Mapping) and isinstance(schedule.get("conference"), Mapping):
        return _schedule(schedule, zone, lines)
    return _objects(body, zone, lines)


def _saved(text: str) -> tuple[Any, int]:
    """What can be read of a text that is not quite JSON, and the line at which it was cut (0: it was not)."""
    each = [line for line in text.splitlines() if line.strip()]
    if len(each) > 1:
        try:
            return [json.loads(line) for line in each], 0
        except (ValueError, RecursionError):
            pass
    open_ones: list[str] = []
    good, in_text, escaped = (0, ""), False, False
    for at, sign in enumerate(text):
        if in_text:
            in_text, escaped = escaped or sign != '"', not escaped and sign == "\\"
        elif sign == '"':
            in_text = True
        elif sign in "{[":
            open_ones.append("}" if sign == "{" else "]")
        elif sign in "}]":
            if not open_ones or open_ones.pop() != sign or not open_ones:
                break
            good = (at + 1, "".join(reversed(open_ones)))
    end, closing = good
    try:
        return (json.loads(text[:end] + closing), text.count("\n", 0, end) + 1) if end else (None, 0)
    except (ValueError, RecursionError):
        return None, 0


def _schedule(schedule: Mapping[str, Any], zone: ZoneInfo, lines: Lines) -> Found:
    conference = schedule["conference"]
    found = Found(
        kind="schedule.json",
        title=one_line(conference.get("title")),
        zone=zone_of(one_line(conference.get("time_zone_name")), zone),
    )
    acronym = one_line(conference.get("acronym"))
    for room in _list(conference.get("rooms")):
        if isinstance(room, Mapping) and one_line(room.get("name")):
            capacity = room.get("capacity")
            found.rooms[one_line(room.get("name"))] = (
                int(capacity) if isinstance(capacity, int | float) and 0 < capacity < 1e6 else None
            )
    tracks = {
        one_line(one.get("slug")): one_line(one.get("name")) for one in _list(conference.get("tracks")) if isinstance(one, Mapping)
    }
    drafts = []
    for day in _list(conference.get("days")):
        if not isinstance(day, Mapping):
            continue
        on = day_in(day.get("date"))
        if on and on not in found.days:
            found.days.append(on)
        rooms = day.get("rooms")
        for name, events in rooms.items() if isinstance(rooms, Mapping) else ():
            found.rooms.setdefault(one_line(name), None)
            each = events.values() if isinstance(events, Mapping) else _list(events)
            drafts += [_event(event, acronym, one_line(name), on, found.zone, tracks, lines) for event in each]
    drafts += [
        _event(event, acronym, "", None, found.zone, tracks, lines)
        for event in _list(schedule.get("events"))
        if isinstance(event, Mapping) and event.get("type") not in ("BREAK", "META")
    ]
    _not_too_many(drafts)
    if not drafts and not found.days:
        raise Unreadable("nothing_in_it")
    gather(found, drafts)
    return found


def _event(event: Any, acronym: str, room: str, on: Any, zone: ZoneInfo, tracks: Mapping[str, str], lines: Lines) -> Draft:
    if not isinstance(event, Mapping):
        return Draft(where=room or "?", title="")
    identity, guid, code = one_line(event.get("id")), one_line(event.get("guid")), one_line(event.get("code"))
    starts_at = moment(event.get("date"), zone) if "T" in str(event.get("date")) else moment(event.get("start"), zone)
    clock = clock_in(event.get("start"))
    if starts_at is None and on and clock:
        starts_at = on_day(on, clock, DAY_CHANGES_AT, zone)
    ends_at = moment(event.get("end"), zone)
    minutes = length_in(event.get("duration"))
    if minutes is None and starts_at and ends_at:
        minutes = round((ends_at - starts_at) / timedelta(minutes=1))
    track = event.get("track")
    people = [
        Somebody(name=name, part=ROLES.get(one_line(one.get("role")), "carries") if isinstance(one, Mapping) else "carries")
        for one in (*_list(event.get("persons")), *_list(event.get("participants")))
        for name in names_in([one])
    ]
    subtitle = one_line(event.get("subtitle"))
    return Draft(
        where=lines.place(event, f"event {identity or code or guid}"),
        guid=guid,
        keys=[
            f"guid:{guid}" if guid else "",
            f"id:{acronym}:{identity}" if identity else "",
            f"code:{acronym}:{code}" if code else "",
        ],
        title=one_line(event.get("title")),
        abstract=joined(
            f"*{subtitle}*" if subtitle else "", paragraphs(event.get("abstract")), paragraphs(event.get("description"))
        ),
        starts_at=starts_at,
        start_is_given=bool(event.get("start") or event.get("date")),
        minutes=minutes,
        room=room or one_line(event.get("room")),
        track=tracks.get(one_line(track.get("slug")), one_line(track.get("name")))
        if isinstance(track, Mapping)
        else one_line(track),
        format=one_line(event.get("type")),
        language=one_line(event.get("language")),
        people=people,
        is_cancelled=event.get("state") in ("CANCELED", "WITHDRAWN", "DELETED", "REJECTED"),
    )


def _objects(body: Any, zone: ZoneInfo, lines: Lines) -> Found:
    things = list(_things(body, "", 0))
    if not things:
        raise Unreadable("nothing_in_it")
    names = _names(body)
    head = body if isinstance(body, Mapping) else {}
    found = Found(
        kind="json", title=one_line(head.get("title") or head.get("name")), zone=zone_of(one_line(head.get("timezone")), zone)
    )
    for room in _list(head.get("rooms")):
        if isinstance(room, Mapping) and one_line(room.get("name")):
            capacity = room.get("capacity")
            found.rooms[one_line(room.get("name"))] = capacity if isinstance(capacity, int) and 0 < capacity < 1e6 else None
    lengths = [one["duration"] for _where, one in things if isinstance(one.get("duration"), int | float)]
    in_seconds = bool(lengths) and max(lengths) > 1440 and all(length % 60 == 0 for length in lengths)
    drafts = []
    for where, thing in things:
        place = lines.place(thing, where)
        slots = [one for one in (*_list(thing.get("slots")), *_list(thing.get("timings"))) if isinstance(one, Mapping)]
        one_slot = thing["slot"] if isinstance(thing.get("slot"), Mapping) else {}
        drafts += [_thing(where, place, thing, _plain(slot), names, found.zone, in_seconds) for slot in slots or [one_slot]]
    _not_too_many(drafts)
    gather(found, drafts)
    return found


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    """The same with plain names: «startsAt», «starts_at» and «StartsAt» are one."""
    return {plain(str(key)): one for key, one in value.items() if not str(key).startswith("@")}


def _thing(
    where: str,
    place: str,
    thing: Mapping[str, Any],
    slot: Mapping[str, Any],
    names: Mapping[str, Mapping[str, str]],
    zone: ZoneInfo,
    in_seconds: bool,
) -> Draft:
    def first(*keys: str) -> Any:
        return next((one[key] for one in (slot, thing) for key in keys if one.get(key) not in (None, "", [], {})), None)

    identity = one_line(first("guid", "uuid", "code", "id", "eventid", "uid")) or where.rsplit(".", 1)[-1]
    starts = first("start", "starttime", "startsat", "startdate", "begin", "date")
    starts_at, ends_at = moment(starts, zone), moment(first("end", "endtime", "endsat", "enddate"), zone)
    minutes = length_in(first("duration", "minutes", "length"), in_seconds=in_seconds)
    if starts_at and ends_at and (between := round((ends_at - starts_at) / timedelta(minutes=1))) > 0:
        minutes = between
    people: list[str] = []
    for key in PEOPLE:
        if not people and thing.get(key):
            people = _people(thing[key], names["speakers"])
    chosen = _chosen(thing.get("categoryitems") or thing.get("categories"), names["items"])
    room = first("room", "roomname", "location", "salle")
    if room is None or one_line(room) in names["rooms"]:
        key = one_line(first("roomid", "room"))
        room = names["rooms"].get(key, key)
    track = first("track", "trackname", "topic", "category")
    if track is None or one_line(track) in names["tracks"]:
        key = one_line(first("trackid", "track"))
        track = names["tracks"].get(key, "")
    state = one_line(first("state", "status", "eventstatus")).lower()
    return Draft(
        where=place,
        guid=one_line(first("guid", "uuid")) or identity,
        keys=[f"code:{identity}"],
        title=next((one_line(thing[key]) for key in (*TITLES, "name", "summary") if one_line(thing.get(key))), ""),
        abstract=joined(paragraphs(thing.get("abstract")), paragraphs(thing.get("description"))),
        starts_at=starts_at,
        start_is_given=bool(starts),
        minutes=minutes,
        room=one_line(room),
        track=one_line(track) or chosen.get("track", ""),
        format=one_line(first("submissiontype", "sessiontype", "type", "format")) or chosen.get("format", ""),
        language=one_line(first("contentlocale", "language", "lang", "inlanguage")) or chosen.get("language", ""),
        people=[Somebody(name=name) for name in people],
        is_cancelled=state.rsplit("/", 1)[-1] in ("canceled", "cancelled", "eventcancelled", "withdrawn", "rejected", "deleted"),
    )


PEOPLE = (
    "speakers", "persons", "people", "authors", "presenters", "performer", "performers", "primaryauthors", "coauthors",
    "speakernames", "speaker",
)  # fmt: skip
#: What a category of Sessionize is about, told by its title.
CATEGORIES = {"track": r"track|th[eèé]m|topic|axe|parcours", "format": r"format|type|length|dur[ée]e", "language": r"langu|sprache"}


def _chosen(value: Any, known: Mapping[str, str]) -> dict[str, str]:
    """Track, format and language out of categories with their items, given whole or by the ids of items."""
    said: dict[str, str] = {}
    for one in _list(value):
        if isinstance(one, Mapping):
            title = one_line(one.get("name") or one.get("title"))
            items = [one_line(item) for item in _list(one.get("categoryItems"))]
        else:
            title, _tab, item = known.get(one_line(one), "").partition("\t")
            items = [item]
        for field, words in CATEGORIES.items():
            if items and re.search(words, title, re.I):
                said.setdefault(field, items[0])
    return said


def _people(value: Any, known: Mapping[str, str]) -> list[str]:
    if isinstance(value, list):
        return names_in([known.get(one_line(one), one) if isinstance(one, str | int) else one for one in value])
    return names_in(value)


def _things(value: Any, where: str, depth: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Everything that looks like a session, the innermost ones, with plain names."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        each = []
        for position, one in enumerate(value, 1):
            place = f"{where}.{position}" if where else str(position)
            each.append((place, one, list(_things(one, place, depth + 1))))
        is_of_sessions = any(found and found[0][0] == place for place, _one, found in each)
        for place, one, found in each:
            if not found and is_of_sessions:  # among sessions, something that says no title: told, and left out
                found = [(place, _plain(one) if isinstance(one, Mapping) else {})]
            yield from found
    elif isinstance(value, Mapping):
        thing = _plain(value)
        inside, held, holds = [], [], False
        for key, one in value.items():
            if plain(str(key)) in NOT_INSIDE or not isinstance(one, list | Mapping):
                continue
            found = list(_things(one, f"{where}.{key}" if where else str(key), depth + 1))
            inside += found
            holds = holds or (bool(found) and plain(str(key)) in HOLDING)
            held += found if plain(str(key)) in HELD and isinstance(one, Mapping) else []
        is_titled = any(one_line(thing.get(key)) for key in TITLES) and any(key in thing for key in TELLING)
        is_named = any(one_line(thing.get(key)) for key in ("name", "summary")) and any(key in thing for key in STARTS)
        if not (is_titled or is_named) and len(held) == 1 and any(key in thing for key in STARTS):  # a slot with its session
            yield (
                where,
                {**held[0][1], **{key: one for key, one in thing.items() if one not in (None, "") and key not in ("id", *HELD)}},
            )
        elif (is_titled or is_named) and len(inside) < 2 and not holds:
            yield where, thing
        else:
            yield from inside


def _names(body: Any) -> dict[str, dict[str, str]]:
    """Names of rooms, tracks, people and items of categories that the file lists apart, by id and by code."""
    names: dict[str, dict[str, str]] = {"rooms": {}, "tracks": {}, "speakers": {}, "items": {}}
    if not isinstance(body, Mapping):
        return names
    for kind in ("rooms", "tracks", "speakers"):
        listed = body.get(kind)
        for one in listed.values() if isinstance(listed, Mapping) else _list(listed):
            if isinstance(one, Mapping):
                name = next(iter(names_in([one])), "") if kind == "speakers" else one_line(one.get("name"))
                names[kind] |= {one_line(one[key]): name for key in ("id", "code", "guid") if one.get(key) and name}
    for category in _list(body.get("categories")):
        for one in _list(category.get("items")) if isinstance(category, Mapping) else ():
            if isinstance(one, Mapping) and one.get("id") is not None:
                names["items"][one_line(one["id"])] = f"{one_line(category.get('title'))}\t{one_line(one.get('name'))}"
    return names


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _not_too_many(drafts: list[Draft]) -> None:
    if len(drafts) > MOST_ITEMS:
        raise Unreadable("too_many", most=str(MOST_ITEMS))
