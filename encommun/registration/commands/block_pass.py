"""Keep a pass from coming in for a while: a telephone was stolen, a payment is disputed."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.registration.models import Seat
from encommun.registration.refusals import ReasonMissing
from encommun.registration.rules import keeps_registration


@transaction.atomic
def block_pass(seat: Seat, *, reason: str, actor: Actor, at: datetime) -> Seat:
    """Block: the door sends its holder to the desk. The place, the ticket and the money stay as they are.

    Raises:
        NotAllowed, ReasonMissing
    """
    seat = Seat.objects.select_for_update(of=("self",)).select_related("booking").get(pk=seat.pk)
    require(keeps_registration(actor, seat.booking.event_id))
    reason = clean_line(reason)[:200]
    if not reason:
        raise ReasonMissing()
    if seat.blocked_at is None:
        seat.blocked_at, seat.block_reason = at, reason
        seat.save(update_fields=["blocked_at", "block_reason"])
        record("registration.pass_blocked", actor=actor, at=at, event_id=seat.booking.event_id, about=seat)
    return seat


@transaction.atomic
def unblock_pass(seat: Seat, *, actor: Actor, at: datetime) -> Seat:
    """Let the pass in again.

    Raises:
        NotAllowed
    """
    seat = Seat.objects.select_for_update(of=("self",)).select_related("booking").get(pk=seat.pk)
    require(keeps_registration(actor, seat.booking.event_id))
    if seat.blocked_at is not None:
        seat.blocked_at, seat.block_reason = None, ""
        seat.save(update_fields=["blocked_at", "block_reason"])
        record("registration.pass_unblocked", actor=actor, at=at, event_id=seat.booking.event_id, about=seat)
    return seat
