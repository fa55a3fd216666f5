"""Letters about bookings. Each takes the journal entry, and writes nothing more when called twice."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from encommun.foundation.signing import link_token
from encommun.foundation.text import harmless
from encommun.journal.models import Entry
from encommun.mailing.commands import write_letter
from encommun.registration.models import Booking, Seat
from encommun.registration.rules import BOOKING_LINK, SEAT_LINK


def booking_link(booking: Booking) -> str:
    """The secret address by which who booked finds the booking again."""
    token = link_token(BOOKING_LINK, booking.code, booking.link_epoch)
    return _address(reverse("registration:booking_link", args=[booking.event.slug, booking.code, token]), booking.language)


def seat_link(seat: Seat, booking: Booking) -> str:
    """The secret address of one pass."""
    token = link_token(SEAT_LINK, seat.code, seat.link_epoch)
    return _address(reverse("registration:seat_link", args=[booking.event.slug, seat.code, token]), booking.language)


def write_to_buyer(booking: Booking, template: str, *, at: datetime, dedupe: str, **context: Any) -> None:
    """A letter to who booked, with what every letter about a booking may say."""
    if not booking.email:  # erased since
        return
    seats = list(booking.seats.select_related("pass_type").order_by("pk"))
    for seat in seats:
        seat.link = seat_link(seat, booking)
        seat.shown_name = harmless(seat.holder_name)
    given = {
        "event": booking.event,
        "booking": booking,
        "name": harmless(booking.name),
        "seats": seats,
        "link": booking_link(booking),
    }
    write_letter(
        template,
        to=booking.email,
        language=booking.language,
        at=at,
        dedupe=dedupe,
        event_id=booking.event_id,
        context=given | context,
    )


def confirmed(entry: Entry) -> None:
    """The booking is confirmed: the link of each pass."""
    booking = _booking_of(entry)
    if booking.state == Booking.State.CONFIRMED:
        write_to_buyer(booking, "registration/letters/confirmed", at=entry.at, dedupe=booking.code)


def lapsed(entry: Entry) -> None:
    """The time to pay has passed; nothing was charged."""
    booking = _booking_of(entry)
    if booking.state == Booking.State.LAPSED:
        write_to_buyer(booking, "registration/letters/lapsed", at=entry.at, dedupe=f"{booking.code}:{entry.pk}")


def cancelled(entry: Entry) -> None:
    """The booking is cancelled, and why."""
    booking = _booking_of(entry)
    reason = "\n".join(f"> {line}" for line in harmless(booking.cancel_reason).splitlines())
    facts = {"reason": reason, "was_confirmed": entry.facts["was_confirmed"]}
    write_to_buyer(booking, "registration/letters/cancelled", at=entry.at, dedupe=booking.code, **facts)


def link_again(entry: Entry) -> None:
    """The link of a booking, sent once more by the team."""
    write_to_buyer(_booking_of(entry), "registration/letters/link_again", at=entry.at, dedupe=f"{entry.pk}")


def _code(entry: Entry) -> str:
    return entry.about.rpartition(":")[2]


def _booking_of(entry: Entry) -> Booking:
    return Booking.objects.select_related("event").get(code=_code(entry))


def _address(path: str, language: str) -> str:
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{settings.CONFIG.base_url}{path if prefix and path.startswith(f'{prefix}/') else prefix + path}"
