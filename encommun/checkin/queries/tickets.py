"""The ticket of a seat, for those who may see it."""

from encommun.checkin.models import Ticket
from encommun.checkin.refusals import NoTicketYet, TicketOver
from encommun.checkin.rules import may_see_ticket
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.registration.models import Booking, Seat


def seat_seen_by(actor: Actor, event: Event, code: str) -> Seat:
    """A seat, for who may see its ticket.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    seat = Seat.objects.select_related("booking__event", "pass_type").filter(code=code, booking__event=event).first()
    if seat is None:
        raise NotFound()
    require(may_see_ticket(actor, seat))
    return seat


def ticket_seen_by(actor: Actor, event: Event, code: str) -> Ticket:
    """The live ticket of a seat.

    Raises:
        NotFound: there is none, or the actor may not see it.
        NoTicketYet, TicketOver: the booking is not confirmed, or over.
    """
    seat = seat_seen_by(actor, event, code)
    ticket = seat.tickets.filter(revoked_at=None).first()
    if ticket is not None:
        ticket.seat = seat
        return ticket
    if seat.booking.state in (Booking.State.CANCELLED, Booking.State.LAPSED):
        raise TicketOver()
    raise NoTicketYet()
