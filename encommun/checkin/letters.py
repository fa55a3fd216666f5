"""The letter that brings a ticket."""

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from encommun.checkin.models import Ticket
from encommun.checkin.papers import grouped, ticket_pdf
from encommun.checkin.sentences import in_words
from encommun.foundation.signing import link_token
from encommun.foundation.text import harmless
from encommun.mailing.commands import File, write_letter
from encommun.registration.models import Seat


def write_pass_letter(ticket: Ticket, *, at: datetime) -> None:
    """Send a ticket to who holds the pass, else to who booked it. Once a ticket, however often it is called."""
    seat = ticket.seat
    booking, event = seat.booking, seat.booking.event
    if not (recipient := seat.holder_email or booking.email):
        return  # erased since then
    with translation.override(booking.language):
        days = in_words(date.fromisoformat(day) for day in seat.days)
    context = {
        "event": event,
        "name": harmless(seat.holder_name or booking.name),
        "pass_name": seat.pass_type.name,
        "days": days,
        "code": grouped(seat.code),
        "link": seat_link(seat, booking.language),
    }
    paper = File(
        name=f"{'billet' if booking.language == 'fr' else 'ticket'}-{seat.code}.pdf",
        content_type="application/pdf",
        content=ticket_pdf(ticket, language=booking.language),
    )
    write_letter(
        "checkin/letters/pass_issued",
        to=recipient,
        language=booking.language,
        at=at,
        dedupe=ticket.identifier,
        event_id=event.pk,
        context=context,
        files=(paper,),
    )


def seat_link(seat: Seat, language: str) -> str:
    """The address that opens a seat without account, in a language."""
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    page = reverse("registration:seat", args=[seat.booking.event.slug, seat.code])
    return f"{settings.CONFIG.base_url}{prefix}{page}lien/{link_token('registration.seat', seat.code, seat.link_epoch)}/"
