"""Cancel one pass of a booking: the others stay."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.registration.commands.places import give_places_back
from encommun.registration.models import Booking, Seat, Terms
from encommun.registration.rules import acts_for_team, may_cancel_seat, seat_refund_of


@transaction.atomic
def cancel_seat(seat: Seat, *, actor: Actor, at: datetime) -> Seat:
    """Cancel a pass: who booked, with what the conditions give back; the team at any time, with its whole price.

    The booking costs that much less; ``payment`` gives the money back by the facts of the entry.

    Raises:
        NotAllowed, AlreadyConfirmed, TooLateToCancel, BookingEnded, BookingLapsed, PassNotPaidYet, LastPass, NumberOfThisPass
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=seat.booking_id)
    seat = Seat.everything.select_for_update(of=("self",)).select_related("pass_type").get(pk=seat.pk)
    seat.booking = booking
    terms = Terms.objects.filter(event_id=booking.event_id).first()
    others = list(booking.seats.exclude(pk=seat.pk).select_related("pass_type"))
    require(may_cancel_seat(actor, seat, others, terms=terms, at=at))
    by_team = acts_for_team(actor, booking)
    back = seat.price_cents if by_team else seat_refund_of(seat, terms=terms, at=at)[1]
    seat.cancelled_at, seat.refund_cents = at, back
    seat.link_epoch += 1
    seat.save(update_fields=["cancelled_at", "refund_cents", "link_epoch"])
    booking.total_cents -= seat.price_cents
    booking.save(update_fields=["total_cents"])
    facts = {"by_team": by_team, "booking": booking.code, "price_cents": seat.price_cents, "refund_cents": back}
    record("registration.seat_cancelled", actor=actor, at=at, event_id=booking.event_id, about=seat, **facts)
    give_places_back(booking, only=seat, actor=actor, at=at)
    return seat
