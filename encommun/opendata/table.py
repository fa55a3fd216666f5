"""The programme as a table (CSV, comma, UTF-8): one line a session, placed or not, cancelled ones too."""

import csv
import io

from encommun.opendata.days import room_names
from encommun.programme.queries import Programme
from encommun.programme.structured import address_of

COLUMNS = (
    "id", "guid", "code", "etat", "titre", "jour", "debut", "fin", "minutes", "salle", "axe", "format", "langue", "licence",
    "personnes", "resume", "adresse", "modifie",
)  # fmt: skip


def of_programme(programme: Programme) -> bytes:
    """The whole table. No cell begins as a formula of a spreadsheet does."""
    names = room_names(programme)
    text = io.StringIO()
    lines = csv.DictWriter(text, COLUMNS, quoting=csv.QUOTE_ALL)
    lines.writeheader()
    for one in programme.sessions:
        cells = {
            "id": one.number,
            "guid": one.guid,
            "code": one.code,
            "etat": "annulée" if one.is_cancelled else "confirmée",
            "titre": one.title,
            "jour": one.day.isoformat() if one.day else "",
            "debut": one.starts_at.isoformat() if one.starts_at else "",
            "fin": one.ends_at.isoformat() if one.ends_at else "",
            "minutes": one.minutes,
            "salle": names[one.room.key] if one.room else "",
            "axe": str(one.axis.title) if one.axis else "",
            "format": one.format,
            "langue": one.language,
            "licence": one.licence,
            "personnes": "|".join(one.names),
            "resume": one.abstract,
            "adresse": address_of(programme.event, one.code),
            "modifie": one.changed_at.isoformat(),
        }
        lines.writerow({name: _harmless(str(value)) for name, value in cells.items()})
    return text.getvalue().encode()


def _harmless(cell: str) -> str:
    return "'" + cell if cell[:1] in ("=", "+", "-", "@", "\t") else cell
