"""Give a pass to somebody else."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_line
from encommun.journal.commands import record
from encommun.registration.commands.name_seat import check_name
from encommun.registration.models import Answer, Booking, Seat, Terms
from encommun.registration.refusals import MissingDetails
from encommun.registration.rules import may_hand_over


@transaction.atomic
def hand_over_pass(seat: Seat, *, holder_name: str, holder_email: str, actor: Actor, at: datetime) -> Seat:
    """Another person comes: her link and her ticket are new, the former ones stop working, and former answers are erased.

    Raises:
        NotAllowed, BookingEnded, BookingLapsed, TooLateToChange, MissingDetails
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=seat.booking_id)
    seat = Seat.everything.select_for_update(of=("self",)).select_related("pass_type").get(pk=seat.pk)
    seat.booking = booking
    require(may_hand_over(actor, seat, terms=Terms.objects.filter(event_id=booking.event_id).first(), at=at))
    name, email = clean_line(holder_name), clean_email(holder_email)
    check_name(name, email)
    if not email:
        raise MissingDetails()
    seat.holder_name, seat.holder_email, seat.answered_at, seat.right_seen_on = name, email, None, None
    seat.link_epoch += 1
    seat.save(update_fields=["holder_name", "holder_email", "answered_at", "right_seen_on", "link_epoch"])
    Answer.objects.filter(seat=seat).delete()
    facts = {"handed_over": True, "new_address": True}
    record("registration.seat_named", actor=actor, at=at, event_id=booking.event_id, about=seat, **facts)
    return seat
