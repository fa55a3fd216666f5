"""What the door's page shows: passes by name, entries of the day, last looks of a volunteer."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from encommun.checkin.models import Scan
from encommun.checkin.rules import may_keep_the_door
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.registration.models import Booking, Seat

MOST_FOUND = 12
LAST_LOOKS = 5
SHORTEST = 2


@dataclass(frozen=True, kw_only=True)
class Found:
    """A pass found by name: what is needed to choose between two people of the same name, and no more."""

    code: str
    name: str
    pass_name: Any
    days: list[date]
    hint: str  # «c…@association.example»


def fold(text: str) -> str:
    """A name as it is looked for: no accents, no capitals, no hyphens."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


def mask(email: str) -> str:
    """An address that its owner recognises and nobody learns."""
    before, _at, domain = email.partition("@")
    return f"{before[:1]}…@{domain}" if domain else ""


def passes_named(event: Event, words: str, *, actor: Actor) -> list[Found]:
    """Passes whose holder has a name beginning with each of the words; a dozen at most.

    Names are compared without accents, which databases do not do alike: the passes of one event are few enough to be
    read (one statement, five columns).

    Raises:
        NotAllowed: the actor does not keep the door.
    """
    require(may_keep_the_door(actor, event))
    asked = fold(words).split()
    if len("".join(asked)) < SHORTEST:
        return []
    seats = (
        Seat.objects.filter(booking__event=event, booking__erased_at=None)
        .exclude(booking__state__in=[Booking.State.LAPSED, Booking.State.CANCELLED])
        .values_list("code", "holder_name", "booking__name", "holder_email", "booking__email", "pass_type__name", "days")
        .order_by("holder_name", "booking__name", "code")
    )
    found = []
    for code, holder, buyer, holder_email, email, pass_name, days in seats.iterator():
        parts = fold(f"{holder or buyer}").split()
        if all(any(part.startswith(word) for part in parts) for word in asked):
            found.append(
                Found(
                    code=code,
                    name=holder or buyer,
                    pass_name=pass_name,
                    days=[date.fromisoformat(day) for day in days],
                    hint=mask(holder_email or email),
                )
            )
            if len(found) == MOST_FOUND:
                break
    return found


def figures(event: Event, day: date) -> dict[str, int]:
    """Passes that came in on that day, and passes valid on it."""
    return {
        "entered": Scan.objects.filter(event=event, entry_day=day, result=Scan.Result.ADMITTED).count(),
        "expected": _expected(event, day),
    }


def _expected(event: Event, day: date) -> int:
    rows = Seat.objects.filter(booking__event=event, booking__state=Booking.State.CONFIRMED).values("days").annotate(n=Count("pk"))
    return sum(row["n"] for row in rows.order_by() if day.isoformat() in row["days"])


def last_looks(event: Event, actor: Actor) -> list[Scan]:
    """The last looks of this volunteer, without names."""
    looks = Scan.objects.filter(event=event, by=actor.reference).select_related("ticket__seat__pass_type")
    return list(looks.order_by("-at", "-id")[:LAST_LOOKS])
