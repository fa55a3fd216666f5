"""Programmes in JSON: schedule.json (1 and 2), pretalx, Indico, and any file with a list of things that have a title."""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from encommun.programme.imports.found import MOST_ITEMS, Found, Somebody, Unreadable
from encommun.programme.imports.gather import Draft, gather
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
    zone_of,
)
from encommun.programme.rules import DAY_CHANGES_AT

ROLES = {"MODERATOR": "co_facilitates", "CONTRIBUTOR": "speaks", "SPEAKER": "speaks", "GUEST": "speaks"}
TITLES = ("title", "titre", "name", "summary")
#: A thing with a title is a session if it also has one of these.
TELLING = (
    "abstract",
    "description",
    "start",
    "start_time",
    "starts_at",
    "slot",
    "slots",
    "speakers",
    "duration",
    "startDate",
    "event_id",
)
NOT_INSIDE = {
    "resources",
    "links",
    "attachments",
    "answers",
    "tracks",
    "rooms",
    "speakers",
    "track",
    "room",
    "submission_type",
    "persons",
}
DEEPEST = 12


def read(data: bytes, zone: ZoneInfo) -> Found:
    """The file.

    Raises:
        Unreadable: it is not JSON, or holds nothing that looks like sessions.
    """
    try:
        body = json.loads(decoded(data))
    except (ValueError, RecursionError) as error:
        raise Unreadable("not_json") from error
    schedule = body.get("schedule") if isinstance(body, Mapping) else None
    if isinstance(schedule, Mapping) and isinstance(schedule.get("conference"), Mapping):
        return _schedule(schedule, zone)
    return _objects(body, zone)


def _schedule(schedule: Mapping[str, Any], zone: ZoneInfo) -> Found:
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
            drafts += [_event(event, acronym, one_line(name), on, found.zone, tracks) for event in _list(events)]
    drafts += [
        _event(event, acronym, "", None, found.zone, tracks)
        for event in _list(schedule.get("events"))
        if isinstance(event, Mapping) and event.get("type") not in ("BREAK", "META")
    ]
    _not_too_many(drafts)
    if not drafts and not found.days:
        raise Unreadable("nothing_in_it")
    gather(found, drafts)
    return found


def _event(event: Any, acronym: str, room: str, on: Any, zone: ZoneInfo, tracks: Mapping[str, str]) -> Draft:
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
        where=f"event {identity or code or guid}",
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


def _objects(body: Any, zone: ZoneInfo) -> Found:
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
        slots = [one for one in _list(thing.get("slots")) if isinstance(one, Mapping)]
        one_slot = thing["slot"] if isinstance(thing.get("slot"), Mapping) else {}
        drafts += [_thing(where, thing, slot, names, found.zone, in_seconds) for slot in slots or [one_slot]]
    _not_too_many(drafts)
    gather(found, drafts)
    return found


def _thing(
    where: str,
    thing: Mapping[str, Any],
    slot: Mapping[str, Any],
    names: Mapping[str, Mapping[str, str]],
    zone: ZoneInfo,
    in_seconds: bool,
) -> Draft:
    def first(*keys: str) -> Any:
        return next((one[key] for one in (slot, thing) for key in keys if one.get(key) not in (None, "", [], {})), None)

    identity = one_line(first("guid", "uuid", "code", "id", "event_id", "uid")) or where.rsplit(".", 1)[-1]
    starts = first("start", "start_time", "starts_at", "startDate", "start_date", "begin", "date")
    starts_at, ends_at = moment(starts, zone), moment(first("end", "end_time", "ends_at", "endDate", "end_date"), zone)
    minutes = length_in(first("duration", "minutes", "length"), in_seconds=in_seconds)
    if starts_at and ends_at and (between := round((ends_at - starts_at) / timedelta(minutes=1))) > 0:
        minutes = between
    people: list[str] = []
    for key in (
        "speakers",
        "persons",
        "people",
        "authors",
        "presenters",
        "primaryauthors",
        "coauthors",
        "speaker_names",
        "speaker",
    ):
        if not people and thing.get(key):
            people = _people(thing[key], names["speakers"])
    room = first("room", "room_name", "location", "salle")
    if room is None or one_line(room) in names["rooms"]:
        key = one_line(first("room_id", "room"))
        room = names["rooms"].get(key, key)
    track = first("track", "track_name", "topic", "category")
    if track is None or one_line(track) in names["tracks"]:
        key = one_line(first("track_id", "track"))
        track = names["tracks"].get(key, "")
    state = one_line(first("state")).lower()
    return Draft(
        where=f"{where or identity}",
        guid=one_line(first("guid", "uuid")) or identity,
        keys=[f"code:{identity}"],
        title=next((one_line(thing[key]) for key in TITLES if one_line(thing.get(key))), ""),
        abstract=joined(paragraphs(thing.get("abstract")), paragraphs(thing.get("description"))),
        starts_at=starts_at,
        start_is_given=bool(starts),
        minutes=minutes,
        room=one_line(room),
        track=one_line(track),
        format=one_line(first("submission_type", "session_type", "type", "format")),
        language=one_line(first("content_locale", "language", "lang")),
        people=[Somebody(name=name) for name in people],
        is_cancelled=state in ("canceled", "cancelled", "withdrawn", "rejected", "deleted"),
    )


def _people(value: Any, known: Mapping[str, str]) -> list[str]:
    if isinstance(value, list):
        return names_in([known.get(one, one) if isinstance(one, str) else one for one in value])
    return names_in(value)


def _things(value: Any, where: str, depth: int) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Everything that looks like a session, the innermost ones."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for position, one in enumerate(value, 1):
            yield from _things(one, f"{where}.{position}" if where else str(position), depth + 1)
    elif isinstance(value, Mapping):
        inside = [
            found
            for key, one in value.items()
            if key not in NOT_INSIDE and isinstance(one, list | Mapping)
            for found in _things(one, f"{where}.{key}" if where else str(key), depth + 1)
        ]
        is_one = any(one_line(value.get(key)) for key in TITLES[:2]) and any(key in value for key in TELLING)
        if is_one and len(inside) < 2:
            yield where, value
        else:
            yield from inside


def _names(body: Any) -> dict[str, dict[str, str]]:
    """Names of rooms, tracks and people that the file lists apart, by id and by code."""
    names: dict[str, dict[str, str]] = {"rooms": {}, "tracks": {}, "speakers": {}}
    if not isinstance(body, Mapping):
        return names
    for kind, known in names.items():
        listed = body.get(kind)
        for one in listed.values() if isinstance(listed, Mapping) else _list(listed):
            if isinstance(one, Mapping):
                name = next(iter(names_in([one])), "") if kind == "speakers" else one_line(one.get("name"))
                known |= {one_line(one[key]): name for key in ("id", "code", "guid") if one.get(key) and name}
    return names


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _not_too_many(drafts: list[Draft]) -> None:
    if len(drafts) > MOST_ITEMS:
        raise Unreadable("too_many", most=str(MOST_ITEMS))
