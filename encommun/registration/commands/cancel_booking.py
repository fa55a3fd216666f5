"""Cancel a booking and free its places."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_text
from encommun.journal.commands import record
from encommun.registration.commands.places import give_places_back
from encommun.registration.models import Booking, Terms
from encommun.registration.refusals import ReasonMissing
from encommun.registration.rules import acts_for_team, may_cancel, refund_of


@transaction.atomic
def cancel_booking(booking: Booking, *, reason: str = "", actor: Actor, at: datetime) -> Booking:
    """Cancel: who booked, with what the conditions give back; the team at any time, with a reason and the whole price.

    ``payment`` gives the money back by the facts of the entry: ``refund_percent`` of what was paid.

    Raises:
        NotAllowed, AlreadyConfirmed, TooLateToCancel, BookingEnded, BookingLapsed, ReasonMissing
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=booking.pk)
    was_confirmed = booking.state == Booking.State.CONFIRMED
    terms = Terms.objects.filter(event_id=booking.event_id).first() if was_confirmed else None
    require(may_cancel(actor, booking, terms=terms, at=at))
    reason = clean_text(reason)[:2000]
    by_team = acts_for_team(actor, booking)
    if by_team and not reason:
        raise ReasonMissing()
    percent = 100 if by_team or not was_confirmed else refund_of(booking, terms=terms, at=at)[0]
    booking.state, booking.ended_at, booking.held_until, booking.cancel_reason = Booking.State.CANCELLED, at, None, reason
    booking.refund_cents = (booking.total_cents - booking.forward_cents) * percent // 100 if was_confirmed else None
    booking.save(update_fields=["state", "ended_at", "held_until", "cancel_reason", "refund_cents"])
    facts = {"by_team": by_team, "was_confirmed": was_confirmed, "refund_percent": percent, "refund_cents": booking.refund_cents}
    record("registration.booking_cancelled", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    give_places_back(booking, actor=actor, at=at)
    return booking
