"""Say who comes with a pass."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_line
from encommun.journal.commands import record
from encommun.registration.models import Answer, Booking, Seat, Terms
from encommun.registration.refusals import MissingDetails
from encommun.registration.rules import is_holder, may_hand_over, may_name_seat


@transaction.atomic
def name_seat(seat: Seat, *, holder_name: str, holder_email: str = "", actor: Actor, at: datetime) -> Seat:
    """Write the name on a pass, and where its link goes.

    Another address ends every link given so far: who booked has seen them, and what the holder answers is hers alone. Written by
    somebody else than the holder, it means another person, and former answers are erased.

    Raises:
        NotAllowed, BookingEnded, BookingLapsed, TooLateToChange, MissingDetails
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=seat.booking_id)
    seat = Seat.everything.select_for_update().get(pk=seat.pk)
    seat.booking = booking
    require(may_name_seat(actor, seat))
    name, email = clean_line(holder_name), clean_email(holder_email)
    check_name(name, email)
    changed = email != seat.holder_email
    was_hers = bool(seat.holder_email) or seat.answered_at is not None
    handed_over = changed and was_hers and not is_holder(actor, seat)
    seat.holder_name, seat.holder_email = name, email
    seat.link_epoch += changed
    if handed_over:
        require(may_hand_over(actor, seat, terms=Terms.objects.filter(event_id=booking.event_id).first(), at=at))
        Answer.objects.filter(seat=seat).delete()
        seat.answered_at = seat.right_seen_on = None
    seat.save(update_fields=["holder_name", "holder_email", "link_epoch", "answered_at", "right_seen_on"])
    facts = {"handed_over": handed_over, "new_address": changed and bool(email)}
    record("registration.seat_named", actor=actor, at=at, event_id=booking.event_id, about=seat, **facts)
    return seat


def check_name(name: str, email: str) -> None:
    """Refuse a name or an address that cannot be one.

    Raises:
        MissingDetails
    """
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise MissingDetails() from None
    if not name or len(name) > 120 or len(email) > 254:
        raise MissingDetails()
