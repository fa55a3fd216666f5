"""Venues in the national standard «Lieux de médiation numérique» (TableSchema 1.0.2): its required columns, and what we know."""

import csv
import io
import json
from datetime import date

from encommun.events.models import Event
from encommun.places.models import Venue
from encommun.programme.queries.places import venues_of

COLUMNS = (
    "id",
    "pivot",
    "nom",
    "commune",
    "code_postal",
    "code_insee",
    "adresse",
    "latitude",
    "longitude",
    "site_web",
    "presentation_resume",
    "source",
    "date_maj",
    "fiche_acces_libre",
)
#: What the standard's own publishers write where no SIRET is known.
NO_PIVOT = "00000000000000"
#: The standard's longest summary.
SUMMARY = 280


def as_csv(event: Event) -> bytes:
    """One line a venue; no venue: the head line alone."""
    text = io.StringIO()
    lines = csv.DictWriter(text, COLUMNS, quoting=csv.QUOTE_ALL)
    lines.writeheader()
    lines.writerows(_row(event, venue) for venue in venues_of(event))
    return text.getvalue().encode()


def as_json(event: Event) -> bytes:
    """The same rows; numbers are numbers, and what is not known is left out."""
    rows = [{name: value for name, value in _row(event, venue).items() if value != ""} for venue in venues_of(event)]
    for row in rows:
        row |= {name: float(row[name]) for name in ("latitude", "longitude") if name in row}
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def _row(event: Event, venue: Venue) -> dict[str, str | float]:
    return {
        "id": venue.slug,
        "pivot": venue.pivot or NO_PIVOT,
        "nom": venue.name,
        "commune": venue.town,
        "code_postal": venue.postcode,
        "code_insee": venue.insee_code,
        "adresse": venue.address,
        "latitude": "" if venue.latitude is None else str(venue.latitude),
        "longitude": "" if venue.longitude is None else str(venue.longitude),
        "site_web": venue.url,
        "presentation_resume": venue.access.in_language("fr")[:SUMMARY] if venue.access else "",
        "source": event.name,
        "date_maj": _day(event, venue).isoformat(),
        "fiche_acces_libre": venue.access_url,
    }


def _day(event: Event, venue: Venue) -> date:
    """When it was last described; of one that never was, the day the gathering begins is no news but is a date."""
    return venue.updated_at.astimezone(event.zone).date() if venue.updated_at else event.starts_on
