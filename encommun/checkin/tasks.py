"""What follows at our place when something happened to a booking. Each may be called again without harm."""

from encommun.checkin.commands import issue_tickets, reissue_ticket, revoke_tickets
from encommun.checkin.letters import write_pass_letter
from encommun.checkin.models import Ticket
from encommun.foundation.actor import SYSTEM
from encommun.journal.models import Entry
from encommun.registration.models import Booking, Seat

BEHIND = ("seat__booking__event", "seat__pass_type")


def give_tickets(entry: Entry) -> None:
    """A booking was confirmed: its tickets are made and sent."""
    booking = Booking.objects.filter(code=_code(entry)).first()
    if booking is None or booking.state != Booking.State.CONFIRMED:
        return  # cancelled since then
    issue_tickets(booking, actor=SYSTEM, at=entry.at)
    live = Ticket.objects.filter(seat__booking=booking, revoked_at=None)
    for ticket in live.select_related(*BEHIND).order_by("seat_id"):
        write_pass_letter(ticket, at=entry.at)


def send_new_ticket(entry: Entry) -> None:
    """A ticket was replaced: the new one is sent."""
    for ticket in Ticket.objects.filter(seat__code=_code(entry), revoked_at=None).select_related(*BEHIND):
        write_pass_letter(ticket, at=entry.at)


def follow_the_holder(entry: Entry) -> None:
    """A pass went to another person or address: the former code stops working, and the new one goes there."""
    if not (entry.facts.get("handed_over") or entry.facts.get("new_address")):
        return
    live = Ticket.objects.filter(seat__code=_code(entry), revoked_at=None, made_at__lt=entry.at)
    for ticket in live.select_related("seat__booking"):
        if ticket.seat.booking.state == Booking.State.CONFIRMED:
            reissue_ticket(ticket.seat, actor=SYSTEM, at=entry.at)


def follow_the_day(entry: Entry) -> None:
    """A pass is for another day: its code says so from now on, and the former one stops working."""
    live = Ticket.objects.filter(seat__code=_code(entry), revoked_at=None, made_at__lt=entry.at)
    for ticket in live.select_related("seat__booking", "seat__pass_type"):
        if ticket.seat.booking.state == Booking.State.CONFIRMED:
            reissue_ticket(ticket.seat, actor=SYSTEM, at=entry.at)


def take_tickets_back(entry: Entry) -> None:
    """A booking was cancelled: its codes open nothing any more."""
    booking = Booking.objects.filter(code=_code(entry)).first()
    if booking is not None and booking.state in (Booking.State.CANCELLED, Booking.State.LAPSED):
        revoke_tickets(booking, actor=SYSTEM, at=entry.at)


def take_ticket_back(entry: Entry) -> None:
    """One pass was cancelled: its code opens nothing any more."""
    seat = Seat.everything.filter(code=_code(entry)).exclude(cancelled_at=None).first()
    if seat is not None:
        revoke_tickets(seat.booking, only=seat, actor=SYSTEM, at=entry.at)


def _code(entry: Entry) -> str:
    return entry.about.rpartition(":")[2]
