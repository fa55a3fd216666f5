"""Make the tickets of a confirmed booking, replace one, revoke them."""

import secrets
from datetime import date, datetime

from django.db import transaction

from encommun.checkin import codes
from encommun.checkin.commands.make_signing_key import make_signing_key
from encommun.checkin.models import SigningKey, Ticket
from encommun.checkin.refusals import NoTicketYet, TicketOver
from encommun.events.rules import may_act_as
from encommun.foundation.actor import SYSTEM, Actor, ActorKind, Role
from encommun.foundation.refusals import Verdict, require
from encommun.foundation.signing import unseal
from encommun.journal.commands import record
from encommun.registration.models import Booking, Seat


def has_tickets(booking: Booking) -> Verdict:
    """Whether the seats of the booking have tickets: it is confirmed."""
    if booking.state == Booking.State.CONFIRMED:
        return True
    return NoTicketYet() if booking.state == Booking.State.HELD else TicketOver()


@transaction.atomic
def issue_tickets(booking: Booking, *, actor: Actor, at: datetime) -> list[Ticket]:
    """Give each seat of the booking its ticket; those that have one keep it. Answer the new ones.

    Raises:
        NoTicketYet, TicketOver: the booking is not confirmed.
        NotAllowed: neither the machine nor registration.
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=booking.pk)
    if actor.kind != ActorKind.SYSTEM:
        require(may_act_as(actor, booking.event, Role.REGISTRATION))
    require(has_tickets(booking))
    served = set(Ticket.objects.filter(seat__booking=booking, revoked_at=None).values_list("seat_id", flat=True))
    waiting = [seat for seat in booking.seats.select_related("pass_type").order_by("id") if seat.pk not in served]
    if not waiting:
        return []
    key = _key_of(booking, at)
    tickets = Ticket.objects.bulk_create(_ticket(seat, booking, key, at) for seat in waiting)
    record("checkin.tickets_issued", actor=actor, at=at, event_id=booking.event_id, about=booking, tickets=len(tickets))
    return tickets


@transaction.atomic
def reissue_ticket(seat: Seat, *, actor: Actor, at: datetime) -> Ticket:
    """Replace a seat's ticket: the former code is refused from now on («replaced by a newer code»).

    Raises:
        NoTicketYet, TicketOver: the booking is not confirmed.
        NotAllowed: neither the machine nor registration.
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=seat.booking_id)
    if actor.kind != ActorKind.SYSTEM:
        require(may_act_as(actor, booking.event, Role.REGISTRATION))
    require(has_tickets(booking))
    seat.tickets.filter(revoked_at=None).update(revoked_at=at)
    ticket = _ticket(seat, booking, _key_of(booking, at), at)
    ticket.save(force_insert=True)
    record("checkin.ticket_reissued", actor=actor, at=at, event_id=booking.event_id, about=seat)
    return ticket


@transaction.atomic
def revoke_tickets(booking: Booking, *, only: Seat | None = None, actor: Actor, at: datetime) -> int:
    """Revoke every ticket of a booking that is over, or that of one pass; answer how many.

    Raises:
        NotAllowed: neither the machine nor registration.
    """
    if actor.kind != ActorKind.SYSTEM:
        require(may_act_as(actor, booking.event, Role.REGISTRATION))
    of_whom = {"seat": only} if only else {"seat__booking": booking}
    revoked = Ticket.objects.filter(**of_whom, revoked_at=None).update(revoked_at=at)
    if revoked:
        record("checkin.tickets_revoked", actor=actor, at=at, event_id=booking.event_id, about=booking, tickets=revoked)
    return revoked


def _key_of(booking: Booking, at: datetime) -> SigningKey:
    return booking.event.signing_keys.order_by("-number").first() or make_signing_key(booking.event, actor=SYSTEM, at=at)


def _ticket(seat: Seat, booking: Booking, key: SigningKey, at: datetime) -> Ticket:
    identifier = secrets.token_bytes(10)
    days = sorted(date.fromisoformat(day) for day in seat.days)
    content = codes.Content(
        key=key.number,
        event=booking.event_id,
        ticket=identifier,
        product=seat.pass_type.number,
        first=days[0],
        last=days[-1],
    )
    code = codes.sign(content, unseal("checkin.key", key.sealed_private_key))
    return Ticket(seat=seat, event_id=booking.event_id, identifier=identifier.hex(), code=code, made_at=at)
