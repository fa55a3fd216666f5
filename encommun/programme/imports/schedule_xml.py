"""Pentabarf, frab, pretalx, FOSDEM: schedule.xml in its many years."""

import re
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from encommun.programme.imports.found import MOST_ITEMS, Found, Somebody, Unreadable
from encommun.programme.imports.gather import Draft, gather
from encommun.programme.imports.texts import (
    clock_in,
    day_in,
    decoded,
    joined,
    length_in,
    moment,
    named_signs,
    on_day,
    one_line,
    zone_of,
)

ROLES = {"moderator": "co_facilitates", "coordinator": "co_facilitates", "host": "carries"}


def read(data: bytes, zone: ZoneInfo) -> Found:
    """The file.

    Raises:
        Unreadable: it declares entities, is not XML, or is not a schedule.
    """
    root, mistakes = _parse(data)
    if root.tag != "schedule" or root.find("day") is None:
        raise Unreadable("other_xml", tag=str(root.tag)[:40])
    if next(root.iter("event"), None) is None and next(root.iter("entry"), None) is not None:
        raise Unreadable("entries_xml")
    conference = root.find("conference")
    conference = root if conference is None else conference
    found = Found(kind="schedule.xml", title=_text(conference, "title"), zone=zone_of(_text(conference, "time_zone_name"), zone))
    acronym = _text(conference, "acronym") or _text(conference, "title")
    change = clock_in(_text(conference, "day_change")) or time(0)
    drafts: list[Draft] = []
    for day in root.findall("day"):
        on = day_in(day.get("date"))
        if on and on not in found.days:
            found.days.append(on)
        for event in day.iter("event"):
            parent = event.getparent()
            room = _text(event, "room") or (parent.get("name", "") if parent is not None and parent.tag == "room" else "")
            drafts.append(_event(event, on, one_line(room), change, acronym, found.zone))
            if len(drafts) > MOST_ITEMS:
                raise Unreadable("too_many", most=str(MOST_ITEMS))
        for room in day.findall("room"):
            if room.get("name"):
                found.rooms.setdefault(one_line(room.get("name")), None)
    if _told(found, mistakes) and drafts:
        found.leave_out(drafts.pop().where, "not_ended")
    gather(found, drafts)
    return found


def _parse(data: bytes) -> tuple[etree._Element, list[Any]]:
    """The root, and what libxml2 had to overlook to find it."""
    if b"<!ENTITY" in data or "<!ENTITY".encode("utf-16-le") in data or "<!ENTITY".encode("utf-16-be") in data:
        raise Unreadable("entities")
    for body, recover in ((data, False), (_plain_utf8(data), False), (_plain_utf8(data), True)):
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False, recover=recover,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(body, parser)
        except (etree.XMLSyntaxError, ValueError, LookupError):
            continue
        if root is not None:
            return root, [one for one in parser.error_log if one.level >= etree.ErrorLevels.ERROR] if recover else []
    raise Unreadable("not_xml")


def _plain_utf8(data: bytes) -> bytes:
    """The same file without what it says of its encoding, and without the named signs of HTML, which XML does not know."""
    text = decoded(data).lstrip("\ufeff")
    return named_signs(re.sub(r"^<\?xml[^>]*\?>", "", text)).encode("utf-8", "replace")


def _told(found: Found, mistakes: list[Any]) -> bool:
    """Say what is broken in the file. Whether its last event is not whole."""
    if not mistakes:
        return False
    ends = [one for one in mistakes if "Premature end" in one.message or one.type_name == "ERR_TAG_NOT_FINISHED"]
    if ends:
        found.note(f"line {ends[-1].line}", "cut_short")
        return any(f"in tag {tag}" in one.message for one in ends for tag in ("event", "title"))
    found.note(f"line {mistakes[0].line}", "mended")
    return False


def _event(event: etree._Element, on: date | None, room: str, change: time, acronym: str, zone: ZoneInfo) -> Draft:
    identity, guid = event.get("id", ""), event.get("guid", "")
    starts_at: datetime | None = moment(_text(event, "date"), zone) if "T" in _text(event, "date") else None
    if starts_at is None:
        clock = clock_in(_text(event, "start"))
        if clock is not None and on is not None:
            starts_at = on_day(on, clock, change, zone)
        else:
            starts_at = moment(_text(event, "start"), zone)
    subtitle = _text(event, "subtitle")
    return Draft(
        where=f"line {event.sourceline}, event {identity or guid}" if identity or guid else f"line {event.sourceline}",
        guid=guid,
        keys=[f"guid:{guid}" if guid else "", f"id:{acronym}:{identity}" if identity else ""],
        title=_text(event, "title"),
        abstract=joined(f"*{subtitle}*" if subtitle else "", _whole(event, "abstract"), _whole(event, "description")),
        starts_at=starts_at,
        start_is_given=bool(_text(event, "start") or _text(event, "date")),
        minutes=length_in(_text(event, "duration")),
        room=room,
        track=_text(event, "track"),
        format=_text(event, "type"),
        language=_text(event, "language"),
        people=[
            Somebody(name=one_line(_inside(person)), part=ROLES.get(person.get("role", ""), "carries"))
            for person in event.iter("person")
            if one_line(_inside(person))
        ],
    )


def _inside(element: etree._Element) -> str:
    return "".join(element.itertext())


def _text(element: etree._Element, name: str) -> str:
    return one_line(_whole(element, name))


def _whole(element: etree._Element, name: str) -> str:
    child = element.find(name)
    return "" if child is None else _inside(child)
