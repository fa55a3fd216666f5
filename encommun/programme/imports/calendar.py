"""iCalendar, also when its lines are not folded as they should be."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from encommun.programme.imports.found import MOST_ITEMS, Found, Unreadable
from encommun.programme.imports.gather import Draft, gather
from encommun.programme.imports.texts import cut, decoded, joined, length_in, one_line, zone_of

#: What repeats without end is a meeting of every week: no gathering lasts so long.
LONGEST_REPEATING, MOST_TIMES = timedelta(days=60), 100

type Line = tuple[str, dict[str, str], str]  # name, parameters, value


def read(data: bytes, zone: ZoneInfo) -> Found:
    """The file. Unfolded and blank-looking lines belong to the line before them.

    Raises:
        Unreadable: no VEVENT in it.
    """
    found = Found(kind="icalendar", zone=zone)
    drafts: list[Draft] = []
    event: list[Line] | None = None
    started, inside = 0, 0
    for number, line in _lines(decoded(data)):
        name, parameters, value = _split(line)
        if name == "BEGIN" and value.upper() == "VEVENT":
            event, started, inside = [], number, 0
        elif name == "BEGIN" and event is not None:
            inside += 1  # an alarm
        elif name == "END" and value.upper() == "VEVENT" and event is not None:
            drafts += _events(event, started, found)
            event = None
            if len(drafts) > MOST_ITEMS:
                raise Unreadable("too_many", most=str(MOST_ITEMS))
        elif name == "END" and inside:
            inside -= 1
        elif event is not None and not inside:
            event.append((name, parameters, value))
        elif name in ("X-WR-CALNAME", "NAME") and not found.title:
            found.title = one_line(_unescaped(value))
        elif name == "X-WR-TIMEZONE":
            found.zone = zone_of(value.strip(), found.zone)
    if event is not None:
        found.leave_out(f"line {started}", "not_ended")
    if not drafts and not found.problems:
        raise Unreadable("no_event")
    moved = {key for draft in drafts if draft.is_exception for key in draft.keys}
    gather(found, [draft for draft in drafts if draft.is_exception or draft.again not in moved])
    return found


KNOWN = re.compile(r"[A-Za-z][A-Za-z0-9-]*[;:]")
PROPERTY = re.compile(r"[A-Z][A-Z0-9-]{2,}[;:]")


def _lines(text: str) -> list[tuple[int, str]]:
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line[:1] in (" ", "\t") and lines:
            lines[-1] = (lines[-1][0], lines[-1][1] + line[1:])
        elif not line.strip():
            continue
        elif lines and not PROPERTY.match(line) and not KNOWN.match(line):
            lines[-1] = (lines[-1][0], f"{lines[-1][1]}\\n{line}")  # a line that was broken without being folded
        else:
            lines.append((number, line))
    return lines


def _split(line: str) -> Line:
    match = re.match(r'([A-Za-z0-9-]+)((?:;[^=:;]+=(?:"[^"]*"|[^;:"]*))*):(.*)$', line, re.DOTALL)
    if not match:
        return "", {}, line
    pieces = re.findall(r';([^=:;]+)=("[^"]*"|[^;:"]*)', match[2])
    return match[1].upper(), {name.upper(): value.strip('"') for name, value in pieces}, match[3]


def _unescaped(value: str) -> str:
    return re.sub(r"\\([nN,;\\])", lambda m: "\n" if m[1] in "nN" else m[1], value)


def _moment(parameters: dict[str, str], value: str, zone: ZoneInfo) -> datetime | None:
    match = re.fullmatch(r"\s*(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?\s*", value)
    if not match:
        return None
    own = UTC if match[7] else zone_of(parameters.get("TZID", ""), zone)
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return datetime.combine(day, time(int(match[4] or 0), int(match[5] or 0)), tzinfo=own)
    except ValueError:
        return None


def _events(lines: list[Line], started: int, found: Found) -> list[Draft]:
    """The event, once for each time that it takes place (RFC 5545, RRULE and EXDATE)."""
    draft = _event(lines, started, found)
    rule = next((value for name, _parameters, value in lines if name == "RRULE"), "")
    if not rule or draft.starts_at is None or draft.is_exception:
        return [draft]
    without = {
        moved
        for name, parameters, value in lines
        if name == "EXDATE"
        for one in value.split(",")
        if (moved := _moment(parameters, one, found.zone)) is not None
    }
    draft.again = f"{draft.keys[0]}:{_as_written(draft.starts_at)}"
    first, times = draft.starts_at, []
    local = first.astimezone(found.zone).replace(tzinfo=None)
    try:
        for one in rrulestr(re.sub(r"(UNTIL=\d{8}(?:T\d{6})?)Z", r"\1", rule.strip()), dtstart=local):
            if one > local + LONGEST_REPEATING or len(times) >= MOST_TIMES:
                break
            times.append(one.replace(tzinfo=found.zone))
    except (ValueError, TypeError, KeyError, OverflowError):
        found.note(draft.where, "time_unread", title=cut(draft.title, 60))
        return [draft]
    left = [one for one in times if one not in without]
    found.note(draft.where, "again", title=cut(draft.title, 60), count=str(len(left)))
    return [draft if one == first else _repeated(draft, one) for one in left]


def _repeated(draft: Draft, starts_at: datetime) -> Draft:
    key = f"{draft.keys[0]}:{_as_written(starts_at)}"
    return replace(draft, starts_at=starts_at, keys=[key], again=key, guid="")


def _as_written(starts_at: datetime) -> str:
    return f"{starts_at:%Y%m%dT%H%M%S}"


def _event(lines: list[Line], started: int, found: Found) -> Draft:
    given: dict[str, tuple[dict[str, str], str]] = {}
    for name, parameters, value in lines:
        given.setdefault(name, (parameters, value))

    def text(name: str) -> str:
        return _unescaped(given[name][1]).strip() if name in given else ""

    starts_at = _moment(*given["DTSTART"], found.zone) if "DTSTART" in given else None
    ends_at = _moment(*given["DTEND"], found.zone) if "DTEND" in given else None
    minutes = round((ends_at - starts_at) / timedelta(minutes=1)) if starts_at and ends_at else length_in(text("DURATION"))
    uid = text("UID")
    again = text("RECURRENCE-ID")
    if again and (moved := _moment(*given["RECURRENCE-ID"], found.zone)):
        again = _as_written(moved.astimezone(found.zone))
    if starts_at and given["DTSTART"][0].get("VALUE", "").upper() == "DATE":  # a day, and no hour
        found.days.append(starts_at.date())
        starts_at = None
    location = text("LOCATION")
    description = re.sub(r"\s*\n[ \t]*(?=\n)", "\n", text("DESCRIPTION"))
    return Draft(
        where=f"line {started}",
        guid=uid,
        keys=[f"uid:{uid}{':' + again if again else ''}" if uid else ""],
        title=text("SUMMARY"),
        abstract=joined(re.sub(r"\n[ \t]+", "\n", description)),
        starts_at=starts_at,
        start_is_given="DTSTART" in given,
        minutes=minutes,
        room=one_line(location),
        track=one_line(text("CATEGORIES").split(",")[0]),
        language=given.get("SUMMARY", ({}, ""))[0].get("LANGUAGE", ""),
        is_cancelled=text("STATUS").upper() == "CANCELLED",
        is_exception=bool(again),
    )
