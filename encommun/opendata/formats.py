"""The forms in which a version can be taken away: one table, from which addresses, pages and tests are made."""

from collections.abc import Callable
from dataclasses import dataclass

from encommun.opendata import schedule_json, schedule_v2, schedule_xml, table
from encommun.programme.queries import Programme
from encommun.programme.structured import as_json_ld


@dataclass(frozen=True, kw_only=True)
class Format:
    """A form.

    Attributes:
        name: name of its address, and of the file («programme.ics»).
        kind: its media type.
        make: from a version to the bytes of the file.
    """

    name: str
    kind: str
    make: Callable[[Programme], bytes]


def _calendar(programme: Programme) -> bytes:
    from encommun.programme import calendars  # loads icalendar: not at the start of every process

    return calendars.of_programme(programme)


FORMATS = {
    "ics": Format(name="programme.ics", kind="text/calendar; charset=utf-8", make=_calendar),
    "xml": Format(name="programme.xml", kind="application/xml; charset=utf-8", make=schedule_xml.of_programme),
    "json": Format(name="programme.json", kind="application/json; charset=utf-8", make=schedule_json.of_programme),
    "json_v2": Format(name="programme-v2.json", kind="application/json; charset=utf-8", make=schedule_v2.of_programme),
    "jsonld": Format(name="programme.jsonld", kind="application/ld+json; charset=utf-8", make=as_json_ld),
    "csv": Format(name="programme.csv", kind="text/csv; charset=utf-8", make=table.of_programme),
}
BY_NAME = {one.name: one for one in FORMATS.values()}
