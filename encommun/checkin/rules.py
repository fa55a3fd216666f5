"""What a code that is shown is worth, and who may see a ticket. Pure: everything needed is given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from encommun.checkin.models import Door, Scan, Ticket
from encommun.checkin.refusals import NothingToUndo
from encommun.events.models import Event
from encommun.events.rules import may_act_as
from encommun.foundation.actor import Actor, Role
from encommun.foundation.refusals import NotFound, Verdict
from encommun.registration.models import Booking, Seat
from encommun.registration.rules import may_see_seat

type Result = Scan.Result

#: How a code came to us.
MODES = ("camera", "typed", "name", "api", "offline")

#: Green: come in. Orange: the desk helps. Red: no.
COLOURS = {
    Scan.Result.ADMITTED: "green",
    Scan.Result.OUT: "green",
    Scan.Result.UNDONE: "green",
    Scan.Result.ALREADY_IN: "orange",
    Scan.Result.TOO_EARLY: "orange",
    Scan.Result.TOO_LATE: "orange",
    Scan.Result.WRONG_DAY: "orange",
    Scan.Result.WRONG_KIND: "orange",
    Scan.Result.BLOCKED: "orange",
    Scan.Result.UNPAID: "orange",
    Scan.Result.REPLACED: "orange",
    Scan.Result.UNKNOWN: "orange",
    Scan.Result.CANCELLED: "red",
    Scan.Result.FORGED: "red",
    Scan.Result.OTHER_EVENT: "red",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is known of the code that was shown.

    Attributes:
        known_by_itself: what the code alone tells (forged, unknown, of another event); None when a seat was found.
    """

    known_by_itself: Scan.Result | None = None
    seat: Seat | None = None
    ticket: Ticket | None = None


def judge(shown: Shown, today: date, door: Door | None = None) -> Scan.Result:
    """What the door answers, before it is known whether this pass came in already today.

    The order is the one in which somebody can act: a dead booking, a debt, a block, an old code, the day, the door.
    """
    if shown.seat is None:
        return shown.known_by_itself or Scan.Result.UNKNOWN
    state = shown.seat.booking.state
    if state in (Booking.State.CANCELLED, Booking.State.LAPSED) or shown.seat.cancelled_at:
        return Scan.Result.CANCELLED
    if state != Booking.State.CONFIRMED:
        return Scan.Result.UNPAID
    if shown.seat.blocked_at is not None:
        return Scan.Result.BLOCKED
    if shown.ticket is None:
        return Scan.Result.UNKNOWN
    if shown.ticket.revoked_at is not None:
        return Scan.Result.REPLACED
    if today.isoformat() not in shown.seat.days:
        return _wrong_time(shown.seat.days, today.isoformat())
    if door is not None and not door.lets_in(shown.seat.pass_type.number):
        return Scan.Result.WRONG_KIND
    return Scan.Result.ADMITTED


def _wrong_time(days: Iterable[str], today: str) -> Scan.Result:
    if all(today < day for day in days):
        return Scan.Result.TOO_EARLY
    return Scan.Result.TOO_LATE if all(day < today for day in days) else Scan.Result.WRONG_DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a pass is at a door, on a day.

    Attributes:
        inside: the entry that counts now; None when it is outside.
        first: its first entry of the day.
        doubled: entries made while it was inside already: two people came with one pass, or a door without network did not know.
    """

    inside: Scan | None = None
    first: Scan | None = None
    doubled: tuple[Scan, ...] = ()


def standing(scans: Iterable[Scan]) -> Standing:
    """Read the scans of one pass, one day and one door, by the moments at which they were made: in whatever order they arrived."""
    rows = list(scans)
    undone = {row.undoes for row in rows if row.undoes}
    inside: Scan | None = None
    first: Scan | None = None
    doubled = []
    for row in sorted(rows, key=lambda row: (row.made_at, row.device, row.device_seq or 0, row.scan_id)):
        if row.scan_id in undone:
            continue
        if row.result == Scan.Result.ADMITTED:
            if inside is not None:
                doubled.append(row)
            inside, first = inside or row, first or row
        elif row.result == Scan.Result.OUT:
            inside = None
    return Standing(inside=inside, first=first, doubled=tuple(doubled))


def may_undo(scan: Scan, today: date) -> Verdict:
    """Whether a scan can be taken back: an entry or an exit of today."""
    if scan.result not in (Scan.Result.ADMITTED, Scan.Result.OUT) or scan.entry_day != today:
        return NothingToUndo()
    return True


def may_keep_the_door(actor: Actor, event: Event) -> Verdict:
    """Whether the actor may scan, and look for a pass by name."""
    return may_act_as(actor, event, Role.DOOR, Role.REGISTRATION)


def may_see_ticket(actor: Actor, seat: Seat) -> Verdict:
    """Whether the actor may see the ticket of a seat: whoever may see the seat. For anybody else it does not exist."""
    return True if may_see_seat(actor, seat) is True else NotFound()
