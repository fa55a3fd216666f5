"""Who may book, see, change and cancel; what is on sale."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from encommun.events.models import Event
from encommun.foundation.actor import Actor, Role
from encommun.foundation.refusals import NotAllowed, Verdict
from encommun.registration.models import Booking, PassType, Seat
from encommun.registration.refusals import (
    AlreadyConfirmed,
    BookingEnded,
    BookingLapsed,
    NothingOnSale,
    NotOnSaleYet,
    SaleClosed,
)
from encommun.ui.dates import moment

MOST_SEATS = 10
HOLD = timedelta(minutes=15)  # a booking by card keeps its places
HOLD_WHILE_PAYING = timedelta(minutes=33)  # once more, when the payment page opens: longer than that page lives
TRANSFER_DAYS = 14  # what a transfer is asked within

BOOKING_LINK = "registration.booking"
SEAT_LINK = "registration.seat"

METHODS = {"card": _("Card"), "transfer": _("Bank transfer")}


def is_on_sale(pass_types: Iterable[PassType], event: Event, at: datetime) -> Verdict:
    """Whether at least one of the passes can be booked now."""
    kinds = list(pass_types)
    if not kinds:
        return NothingOnSale()
    if any(kind.on_sale_from <= at <= kind.on_sale_until for kind in kinds):
        return True
    if at < (first := min(kind.on_sale_from for kind in kinds)):
        return NotOnSaleYet(moment=moment(first, event.zone))
    return SaleClosed(moment=moment(max(kind.on_sale_until for kind in kinds), event.zone))


def days_of(pass_type: PassType, event: Event, chosen: date | None) -> list[date] | None:
    """The days that a pass gives; None when the chosen day is not one that it gives."""
    if not pass_type.day_is_chosen:
        return event.days
    return [chosen] if chosen in event.days else None


def keeps_registration(actor: Actor, event_id: int) -> Verdict:
    """Whether the actor is of those who keep registration and money."""
    return True if actor.has_role(event_id, Role.REGISTRATION) else NotAllowed()


def may_see_booking(actor: Actor, booking: Booking) -> Verdict:
    """Who booked (by link or by account), and those who keep registration."""
    if actor.holds_link(BOOKING_LINK, booking.code) or (actor.email and actor.email == booking.email):
        return True
    return keeps_registration(actor, booking.event_id)


def may_see_seat(actor: Actor, seat: Seat) -> Verdict:
    """Who comes with the pass (by link or by account), and whoever may see the booking."""
    if actor.holds_link(SEAT_LINK, seat.code) or (actor.email and actor.email == seat.holder_email):
        return True
    return may_see_booking(actor, seat.booking)


def may_name_seat(actor: Actor, seat: Seat) -> Verdict:
    """Whether the actor may say who comes with a pass."""
    if seat.booking.state == Booking.State.CANCELLED:
        return BookingEnded()
    if seat.booking.state == Booking.State.LAPSED:
        return BookingLapsed()
    return may_see_seat(actor, seat)


def may_pay(booking: Booking, at: datetime) -> Verdict:
    """Whether a booking still waits for its payment."""
    match booking.state:
        case Booking.State.CONFIRMED:
            return AlreadyConfirmed()
        case Booking.State.CANCELLED:
            return BookingEnded()
        case Booking.State.LAPSED:
            return BookingLapsed()
    return BookingLapsed() if booking.held_until and booking.held_until <= at else True


def may_cancel(actor: Actor, booking: Booking) -> Verdict:
    """Who booked, while nothing is paid; the team at any time."""
    if booking.state == Booking.State.CANCELLED:
        return BookingEnded()
    if booking.state == Booking.State.LAPSED:
        return BookingLapsed()
    if keeps_registration(actor, booking.event_id) is True:
        return True
    if may_see_booking(actor, booking) is not True:
        return NotAllowed()
    return True if booking.state == Booking.State.HELD else AlreadyConfirmed()
