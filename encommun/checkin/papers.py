"""The ticket on paper (PDF) and its code as an image (docs/decisions/0006-typst-for-documents.md)."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from encommun.checkin.models import Ticket
from encommun.foundation.text import typography
from encommun.places.models import Venue
from encommun.ui.dates import short_day, span_of_days
from encommun.ui.papers import paper

SOURCE = Path(__file__).parent / "templates" / "checkin" / "ticket.typ"


def code_svg(code: str, *, border: int = 4) -> bytes:
    """A code as an image: QR, level M."""
    image = io.BytesIO()
    segno.make(code, error="m", micro=False).save(image, kind="svg", border=border, xmldecl=False, svgns=True, omitsize=True)
    return image.getvalue()


def ticket_pdf(ticket: Ticket, *, language: str) -> bytes:
    """The ticket as a tagged PDF (PDF/UA-1), in the person's language."""
    with translation.override(language):
        data = _data(ticket, language[:2])
    return paper(SOURCE, data, moment=int(ticket.made_at.timestamp()))


def _data(ticket: Ticket, language: str) -> dict[str, Any]:
    seat, event = ticket.seat, ticket.seat.booking.event
    days = [date.fromisoformat(day) for day in seat.days]
    name = seat.holder_name or seat.booking.name
    venues = Venue.objects.filter(event_venues__event=event).order_by("event_venues__position")
    texts = {
        "title": _("Ticket {code}, {event}").format(code=seat.code, event=event.name),
        "event": event.name,
        "edition": str(event.edition),
        "when": span_of_days(event.starts_on, event.ends_on),
        "town": event.town,
        "name": name,
        "pass": str(seat.pass_type.name),
        "days": [short_day(day) for day in days],
        "venues": [
            {"name": venue.name, "address": f"{venue.address}, {venue.postcode} {venue.town}", "access": str(venue.access)}
            for venue in venues
        ],
        "bring": [
            _("This ticket, on paper or on your telephone."),
            _("A cup or a bottle: there is water on every floor."),
            _("What you would like to show, share or finish with others."),
        ],
        "words": {
            "name": _("Name"),
            "pass": _("Pass"),
            "days": _("Good for"),
            "where": _("Where"),
            "bring": _("What to bring"),
            "code": _("or this code, if the image cannot be read"),
            "qr": _("Code to show at the door; the same as {code}").format(code=seat.code),
        },
        "foot": _("The image holds a number and no personal data. A question: {email}").format(email=event.contact_email),
    }
    shown = _for_display(texts) if language == "fr" else texts
    return shown | {
        "language": language,
        "accent": event.accent,
        "code": grouped(seat.code),
        "qr": code_svg(ticket.code, border=2).decode(),
    }


def _for_display(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _for_display(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_for_display(inner) for inner in value]
    return typography(value)


def grouped(code: str) -> str:
    """A code as it is read out: «K7M2 QX9A»."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
