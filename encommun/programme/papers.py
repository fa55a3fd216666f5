"""The programme on paper (PDF, docs/decisions/0006-typst-for-documents.md): whole, for the pocket, in large print, for doors."""

import re
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from encommun.foundation.text import plain_start, typography
from encommun.programme.queries import Programme, Shown
from encommun.ui.dates import clock_time, short_day, span_of_days
from encommun.ui.dates import day as in_full
from encommun.ui.papers import paper

SOURCE = Path(__file__).parent / "templates" / "programme" / "paper.typ"
#: What the fonts of the library do not draw.
NOT_DRAWN = re.compile("[\U00010000-\U0010ffff\u2190-\u2bff\ufe00-\ufe0f\ue000-\uf8ff\ufff0-\uffff]")

#: Name in the address -> paper, size of text in points, whether each room has a sheet of its own, signs of the summary.
PAPERS: dict[str, dict[str, Any]] = {
    "programme": {"paper": "a4", "size": 10.5, "doors": False, "summary": 180},
    "poche": {"paper": "a6", "size": 7.5, "doors": False, "summary": 0},
    "grands-caracteres": {"paper": "a4", "size": 18, "doors": False, "summary": 0},
    "portes": {"paper": "a4", "size": 15, "doors": True, "summary": 0},
}


def programme_pdf(programme: Programme, name: str) -> bytes:
    """One of ``PAPERS`` as a tagged PDF (PDF/UA-1), in the active language."""
    form = PAPERS[name]
    data = _data(programme, form)
    return paper(SOURCE, _drawn(data), moment=int(programme.published_at.timestamp()))


def _drawn(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _drawn(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_drawn(inner) for inner in value]
    if isinstance(value, str):
        text = NOT_DRAWN.sub("", value)
        return typography(text) if (get_language() or "fr").startswith("fr") else text
    return value


def _data(programme: Programme, form: dict[str, Any]) -> dict[str, Any]:
    event, doors = programme.event, form["doors"]
    standing = [one for one in programme.placed if not one.is_cancelled]
    days = sorted({one.day for one in standing if one.day})
    sheets = []
    if doors:
        for room in programme.rooms:
            for day in days:
                here = [one for one in standing if one.day == day and one.room is not None and one.room.key == room.key]
                if here:
                    sheets.append(
                        {
                            "title": room.name,
                            "under": ", ".join(filter(None, [room.venue.name, room.floor])),
                            "over": in_full(day),
                            "lines": [_line(programme, one, form, with_room=False) for one in here],
                        }
                    )
    else:
        for day in days:
            today = [one for one in standing if one.day == day]
            sheets.append(
                {
                    "title": in_full(day),
                    "under": "",
                    "over": "",
                    "lines": [_line(programme, one, form, with_room=True) for one in today],
                }
            )
    return {
        "language": (get_language() or "fr")[:2],
        "paper": form["paper"],
        "size": form["size"],
        "doors": doors,
        "title": _("Programme of {name}").format(name=event.name),
        "event": event.name,
        "when": f"{span_of_days(event.starts_on, event.ends_on)}, {event.town}",
        "foot": _("Version {number}, published on {day}").format(
            number=programme.number, day=short_day(programme.published_at.date())
        ),
        "empty": _("Nothing is placed yet."),
        "sheets": sheets,
    }


def _line(programme: Programme, session: Shown, form: dict[str, Any], *, with_room: bool) -> dict[str, str]:
    zone = programme.event.zone
    if session.starts_at is None or session.ends_at is None:
        raise ValueError(f"{session.code} is not placed")
    where = f"{session.room.name}, {session.room.venue.name}" if with_room and session.room else ""
    axis = str(session.axis.title) if session.axis else ""
    return {
        "start": clock_time(session.starts_at, zone),
        "end": clock_time(session.ends_at, zone),
        "title": session.title,
        "where": where,
        "people": ", ".join(session.names),
        "kind": " · ".join(filter(None, [axis, session.format])),
        "summary": plain_start(session.abstract, form["summary"]) if form["summary"] and session.abstract else "",
    }
