"""What a code that is shown is worth, and who may see a ticket. Pure: everything needed is given."""

from dataclasses import dataclass
from datetime import date

from encommun.checkin.models import Scan, Ticket
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
    Scan.Result.ALREADY_IN: "orange",
    Scan.Result.WRONG_DAY: "orange",
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


def judge(shown: Shown, today: date) -> Scan.Result:
    """What the door answers, before it is known whether this pass came in already today.

    The order is the one in which somebody can act: a dead booking, a debt, an old code, the day.
    """
    if shown.seat is None:
        return shown.known_by_itself or Scan.Result.UNKNOWN
    state = shown.seat.booking.state
    if state in (Booking.State.CANCELLED, Booking.State.LAPSED) or shown.seat.cancelled_at:
        return Scan.Result.CANCELLED
    if state != Booking.State.CONFIRMED:
        return Scan.Result.UNPAID
    if shown.ticket is None:
        return Scan.Result.UNKNOWN
    if shown.ticket.revoked_at is not None:
        return Scan.Result.REPLACED
    if today.isoformat() not in shown.seat.days:
        return Scan.Result.WRONG_DAY
    return Scan.Result.ADMITTED


def may_keep_the_door(actor: Actor, event: Event) -> Verdict:
    """Whether the actor may scan, and look for a pass by name."""
    return may_act_as(actor, event, Role.DOOR, Role.REGISTRATION)


def may_see_ticket(actor: Actor, seat: Seat) -> Verdict:
    """Whether the actor may see the ticket of a seat: whoever may see the seat. For anybody else it does not exist."""
    return True if may_see_seat(actor, seat) is True else NotFound()
