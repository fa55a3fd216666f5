"""Come on another day."""

from datetime import date, datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.registration.commands.places import move_places
from encommun.registration.models import Booking, Seat, Terms
from encommun.registration.refusals import SameDay, UnknownPass
from encommun.registration.rules import days_of, may_change_day


@transaction.atomic
def change_day(seat: Seat, *, day: date, actor: Actor, at: datetime) -> Seat:
    """Move a pass to another of its days: the place there is taken before the former one is given back, or nothing changes.

    Raises:
        NotAllowed, BookingEnded, BookingLapsed, DayNotChosen, ChangeThroughTeam, TooLateToChange, UnknownPass, SameDay, SoldOut
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=seat.booking_id)
    seat = Seat.everything.select_for_update(of=("self",)).select_related("pass_type").get(pk=seat.pk)
    seat.booking = booking
    terms = Terms.objects.filter(event_id=booking.event_id).first()
    require(may_change_day(actor, seat, terms=terms, at=at))
    days = days_of(seat.pass_type, booking.event, day)
    if days is None:
        raise UnknownPass()
    former, seat.days = seat.days, [one.isoformat() for one in days]
    if former == seat.days:
        raise SameDay()
    seat.save(update_fields=["days"])
    facts = {"former": former, "days": seat.days}
    record("registration.day_changed", actor=actor, at=at, event_id=booking.event_id, about=seat, **facts)
    move_places(seat, actor=actor, at=at)
    return seat
