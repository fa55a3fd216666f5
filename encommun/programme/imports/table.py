"""A table (CSV of any separator, or a sheet of a workbook), with a mapping from our fields to its columns."""

import csv
import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from encommun.programme.imports.found import MOST_ITEMS, Found, Somebody, Unreadable
from encommun.programme.imports.gather import Draft, gather
from encommun.programme.imports.texts import clock_in, day_in, decoded, joined, length_in, moment, names_in, on_day, one_line, plain
from encommun.programme.rules import DAY_CHANGES_AT

#: Our field -> what its column is called in the tables that we met, folded.
FIELDS: dict[str, tuple[str, ...]] = {
    "title": (
        "titre",
        "title",
        "titel",
        "proposal title",
        "session title",
        "titre de la seance",
        "name",
        "nom",
        "intitule",
        "summary",
        "seance",
        "session",
        "subject",
        "sujet",
    ),
    "id": ("guid", "id", "code", "uid", "identifiant", "numero", "number"),
    "day": ("jour", "date", "day", "datum", "tag"),
    "start": (
        "debut",
        "start",
        "heure",
        "horaire",
        "begin",
        "beginn",
        "starts_at",
        "start_time",
        "heure de debut",
        "start date",
        "date et heure",
        "scheduled at",
    ),
    "end": ("fin", "end", "ende", "ends_at", "end_time", "heure de fin", "end date"),
    "minutes": ("duree", "duration", "dauer", "minutes", "length", "duree (min)", "duree en minutes", "duration (min)"),
    "room": ("salle", "room", "raum", "saal", "lieu", "location", "place", "ort"),
    "people": (
        "personnes",
        "speakers",
        "intervenants",
        "intervenantes et intervenants",
        "animation",
        "intervenant·e·s",
        "intervenant(e)s",
        "speaker names",
        "people",
        "speaker",
        "intervenante ou intervenant",
        "intervenant",
        "presenters",
        "auteurs",
        "referent",
    ),
    "track": ("axe", "track", "theme", "thematique", "parcours", "axe de travail"),
    "format": ("format", "type", "session type", "session format"),
    "language": ("langue", "language", "sprache", "lang"),
    "abstract": ("resume", "abstract", "presentation", "accroche"),
    "description": ("description", "texte", "beschreibung", "detail", "details"),
    "state": ("etat", "state", "statut", "status"),
}


def read_csv(data: bytes, zone: ZoneInfo, mapping: Mapping[str, str] | None = None) -> Found:
    """A CSV file.

    Raises:
        Unreadable: empty, or no column can be a title.
    """
    text = decoded(data)
    if not text.strip():
        raise Unreadable("empty")
    first = text.lstrip().split("\n", 1)[0]
    separator = max(",;\t|", key=first.count)
    csv.field_size_limit(2_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise Unreadable("not_a_table") from error
    return _rows("csv", [(line, list(row)) for line, row in rows], zone, mapping)


def read_workbook(data: bytes, zone: ZoneInfo, mapping: Mapping[str, str] | None = None) -> Found:
    """The sheet of a workbook (xlsx) that looks most like a programme.

    Raises:
        Unreadable: not a workbook, or no column can be a title.
    """
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > 200_000_000:
                raise Unreadable("too_big")
        sheets = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[:20]
        rows = max(map(_sheet, sheets), key=lambda sheet: _promise(sheet[0][1]) if sheet else (False, 0))
    except Unreadable:
        raise
    except Exception as error:  # a broken workbook fails in as many ways as it has parts
        raise Unreadable("not_a_table") from error
    return _rows("xlsx", rows, zone, mapping)


def _sheet(sheet: Any) -> list[tuple[int, list[str]]]:
    return [
        (line, [_cell(value) for value in row])
        for line, row in enumerate(sheet.iter_rows(values_only=True, max_row=MOST_ITEMS + 2, max_col=100), 1)
        if any(value not in (None, "") for value in row)
    ]


def _promise(columns: list[str]) -> tuple[bool, int]:
    """How much of a programme the columns of a sheet promise."""
    known = guessed([cell for cell in columns if cell])
    return "title" in known, len(known)


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != time(0) else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"{int(value.total_seconds()) // 60}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def guessed(columns: list[str]) -> dict[str, str]:
    """Our fields with the column that each seems to be in."""
    folded: dict[str, str] = {}
    for column in columns:
        folded.setdefault(plain(column), column)
    found: dict[str, str] = {}
    for field, words in FIELDS.items():
        known = (plain(word) for word in words)
        name = next((folded[word] for word in known if word in folded and folded[word] not in found.values()), "")
        if name:
            found[field] = name
    return found


def _rows(kind: str, rows: list[tuple[int, list[str]]], zone: ZoneInfo, mapping: Mapping[str, str] | None) -> Found:
    if not rows:
        raise Unreadable("empty")
    if len(rows) > MOST_ITEMS + 1:
        raise Unreadable("too_many", most=str(MOST_ITEMS))
    columns = [one_line(cell) or f"{position}" for position, cell in enumerate(rows[0][1], 1)]
    found = Found(kind=kind, zone=zone, columns=columns)
    given = {field: column for field, column in (mapping or {}).items() if field in FIELDS and column in columns}
    found.mapping = given if mapping else guessed(columns)
    if "title" not in found.mapping:
        found.leave_out("line 1", "no_title_column")
        return found
    position = {field: columns.index(column) for field, column in found.mapping.items()}
    drafts = []
    month_first = _is_month_first(rows[1:], [position[field] for field in ("day", "start", "end") if field in position])
    for line, row in rows[1:]:
        cells = {field: row[at].strip() if at < len(row) else "" for field, at in position.items()}
        if month_first:
            cells |= {field: SHORT.sub(r"\2/\1/\3", cells[field]) for field in ("day", "start", "end") if field in cells}
        drafts.append(_draft(line, {field: _unquoted(cell) for field, cell in cells.items()}, zone))
    gather(found, drafts)
    return found


SHORT = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{2,4})(?!\d)")


def _is_month_first(rows: list[tuple[int, list[str]]], columns: list[int]) -> bool:
    """Whether days are written as in the United States: the second number of one of them can only be a day."""
    days = [match for _line, row in rows for at in columns if at < len(row) and (match := SHORT.match(row[at].strip()))]
    return any(int(day[2]) > 12 for day in days) and not any(int(day[1]) > 12 for day in days)


def _unquoted(cell: str) -> str:
    """Our own tables put an apostrophe before what a spreadsheet would take for a formula."""
    return cell[1:] if re.match(r"'[=+\-@\t]", cell) else cell


def _draft(line: int, cells: Mapping[str, str], zone: ZoneInfo) -> Draft:
    start, day = cells.get("start", ""), day_in(cells.get("day", ""))
    starts_at = moment(start, zone) if re.search(r"\d{4}", start) else None
    clock = clock_in(start)
    if starts_at is None and day and clock:
        starts_at = on_day(day, clock, DAY_CHANGES_AT, zone)
    if starts_at is None and not start and "T" in cells.get("day", ""):
        starts_at = moment(cells["day"], zone)
    minutes = length_in(cells.get("minutes", ""))
    ends = cells.get("end", "")
    ends_at = moment(ends, zone) if re.search(r"\d{4}", ends) else None
    if ends_at is None and starts_at and (end_clock := clock_in(ends)):
        ends_at = datetime.combine(starts_at.date(), end_clock, tzinfo=starts_at.tzinfo)
        ends_at += timedelta(days=ends_at <= starts_at)
    if minutes is None and starts_at and ends_at:
        minutes = round((ends_at - starts_at) / timedelta(minutes=1))
    identity = cells.get("id", "")
    return Draft(
        where=f"line {line}",
        guid=identity,
        keys=[f"id:{identity}" if identity else ""],
        title=cells.get("title", ""),
        abstract=joined(cells.get("abstract", ""), cells.get("description", "")),
        starts_at=starts_at,
        start_is_given=bool(start),
        minutes=minutes,
        room=cells.get("room", ""),
        track=cells.get("track", ""),
        format=cells.get("format", ""),
        language=cells.get("language", ""),
        people=[Somebody(name=name) for name in names_in(cells.get("people", ""))],
        is_cancelled=cells.get("state", "").casefold() in ("annulée", "annulé", "annulee", "annule", "cancelled", "canceled"),
    )
