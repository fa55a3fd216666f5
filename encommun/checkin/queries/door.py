"""What the door's page shows: passes by name, entries of the day, last looks of a volunteer."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from encommun.checkin.models import Door, Scan
from encommun.checkin.rules import may_keep_the_door, may_undo, standing
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
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


def door_of(event: Event, number: int) -> Door:
    """A door by its number.

    Raises:
        NotFound
    """
    found = Door.objects.filter(event=event, number=number, closed_at=None).first()
    if found is None:
        raise NotFound()
    return found


def doors_of(event: Event) -> list[Door]:
    """The doors that are open."""
    return list(Door.objects.filter(event=event, closed_at=None))


def scans_of(seat_id: int | None, day: date | None, door: int) -> QuerySet[Scan]:
    """The entries, exits and undoings of a pass on a day, at a door."""
    return Scan.objects.filter(seat_id=seat_id, entry_day=day, door=door)


def figures(event: Event, day: date, door: int = 0) -> dict[str, int]:
    """Passes that came in on that day by a door, and passes valid on it. Two statements."""
    rows = Scan.objects.filter(event=event, entry_day=day, door=door, result=Scan.Result.ADMITTED)
    undone = Scan.objects.filter(event=event, entry_day=day, undoes=OuterRef("scan_id"))
    return {
        "entered": rows.exclude(Exists(undone)).aggregate(n=Count("seat", distinct=True))["n"],
        "expected": _expected(event, day),
    }


def _expected(event: Event, day: date) -> int:
    rows = Seat.objects.filter(booking__event=event, booking__state=Booking.State.CONFIRMED).values("days").annotate(n=Count("pk"))
    return sum(row["n"] for row in rows.order_by() if day.isoformat() in row["days"])


def last_looks(event: Event, actor: Actor, today: date) -> list[Scan]:
    """The last looks of this volunteer, without names; each says whether it ``may_be_undone``. Two statements."""
    found = Scan.objects.filter(event=event, by=actor.reference, undoes=None).select_related("seat__pass_type")
    looks = list(found.order_by("-at", "-id")[:LAST_LOOKS])
    undone = set(Scan.objects.filter(undoes__in=[look.scan_id for look in looks]).values_list("undoes", flat=True))
    for look in looks:
        look.is_undone = look.scan_id in undone
        look.may_be_undone = not look.is_undone and may_undo(look, today) is True
    return looks


@dataclass(frozen=True, kw_only=True)
class Doubled:
    """A pass with which more people came in than it is for, as its scans say once they all arrived."""

    seat: Seat
    day: date
    moments: list[datetime]


def doubled_passes(actor: Actor, event: Event) -> list[Doubled]:
    """Passes that came in while they were inside: what doors without network could not know. Few statements.

    Raises:
        NotAllowed
    """
    require(may_keep_the_door(actor, event))
    rows: dict[tuple[int, date, int], list[Scan]] = {}
    later = Scan.objects.filter(event=event, result=Scan.Result.ADMITTED, turn__gt=0)
    for scan in Scan.objects.filter(event=event, seat__in=later.values("seat"), entry_day__isnull=False).select_related(
        "seat__booking", "seat__pass_type"
    ):
        rows.setdefault((scan.seat_id, scan.entry_day, scan.door), []).append(scan)
    found = []
    for (_seat, day, _door), scans in rows.items():
        now = standing(scans)
        if now.doubled and now.first:
            found.append(Doubled(seat=now.first.seat, day=day, moments=[now.first.made_at, *(row.made_at for row in now.doubled)]))
    return sorted(found, key=lambda one: one.moments)
