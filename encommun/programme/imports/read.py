"""Find what a file is, and read it."""

import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from encommun.programme.imports import calendar, objects, schedule_xml, table
from encommun.programme.imports.found import MOST_BYTES, Found, Unreadable
from encommun.programme.imports.texts import decoded


def read(data: bytes, *, zone: ZoneInfo, mapping: Mapping[str, str] | None = None) -> Found:
    """What a file says, whatever its name: its first signs tell what it is.

    Args:
        zone: the zone of times that do not say theirs.
        mapping: for tables, our fields with the columns to read them from; guessed without.

    Raises:
        Unreadable: nothing in it can be read; the code says why.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("too_big")
    if data.startswith(b"PK\x03\x04"):
        return table.read_workbook(data, zone, mapping)
    start = decoded(data[:4096]).lstrip("\ufeff \t\r\n")
    if not start.strip("\x00"):
        raise Unreadable("empty")
    if start[:15].upper().startswith("BEGIN:VCALENDAR"):
        return calendar.read(data, zone)
    if start.startswith("<"):
        return schedule_xml.read(data.lstrip(), zone)
    if start[:1] in "{[":
        return objects.read(data, zone)
    if re.match(r"(?:%YAML.*\n)?---\s*\n|-\s*\n\s+\w+:|- \w+:\s", start):
        return objects.read_yaml(data, zone)
    if start.startswith(("%PDF", "---", "\x89PNG", "- ")) or start[:2] in ("-\n", "-\r") or "\x00" in decoded(data[:4096]):
        raise Unreadable("other_file")
    return table.read_csv(data, zone, mapping)
