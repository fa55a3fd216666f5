"""Venues in the national standard «Lieux de médiation numérique» (TableSchema 1.0.2): its required columns, and what we know."""

import csv
import io

from encommun.programme.queries import Programme

COLUMNS = ("id", "pivot", "nom", "commune", "code_postal", "adresse", "latitude", "longitude", "site_web", "source", "date_maj")
#: What the standard's own publishers write where no SIRET is known.
NO_PIVOT = "00000000000000"


def of_programme(programme: Programme) -> bytes:
    """One line a venue."""
    text = io.StringIO()
    lines = csv.DictWriter(text, COLUMNS, quoting=csv.QUOTE_ALL)
    lines.writeheader()
    for venue in programme.venues:
        lines.writerow(
            {
                "id": venue.slug,
                "pivot": NO_PIVOT,
                "nom": venue.name,
                "commune": venue.town,
                "code_postal": venue.postcode,
                "adresse": venue.address,
                "latitude": venue.latitude,
                "longitude": venue.longitude,
                "site_web": venue.url,
                "source": programme.event.name,
                "date_maj": programme.published_at.date().isoformat(),
            }
        )
    return text.getvalue().encode()
