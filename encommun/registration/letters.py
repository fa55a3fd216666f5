"""Letters about bookings. Each takes the journal entry, and writes nothing more when called twice."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from encommun.foundation.signing import link_token
from encommun.foundation.text import harmless
from encommun.journal.models import Entry
from encommun.mailing.commands import write_letter
from encommun.registration.models import Booking, Seat, SignUp, Waiting
from encommun.registration.queries import place_in_queue
from encommun.registration.rules import BOOKING_LINK, SEAT_LINK, WAITING_LINK, link_is_for_buyer


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
        seat.booking = booking
        seat.link = seat_link(seat, booking) if link_is_for_buyer(seat) else ""
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
    back = entry.facts.get("refund_cents")
    facts = {"reason": reason, "was_confirmed": entry.facts["was_confirmed"], "back_cents": back}
    write_to_buyer(booking, "registration/letters/cancelled", at=entry.at, dedupe=booking.code, **facts)


def seat_cancelled(entry: Entry) -> None:
    """One pass is cancelled: to who booked, with what goes back; and to the person who was to come."""
    seat = Seat.everything.select_related("booking__event", "pass_type").get(code=_code(entry))
    booking, template = seat.booking, "registration/letters/seat_cancelled"
    told = {"seat": seat, "holder": harmless(seat.holder_name), "by_team": entry.facts["by_team"]}
    money = {"back_cents": entry.facts["refund_cents"] if booking.payment_method != "order" else 0}
    money["was_paid"] = bool(entry.facts["price_cents"]) and booking.payment_method != "order"
    write_to_buyer(booking, template, at=entry.at, dedupe=f"{entry.pk}", **told, **money)
    if seat.holder_email and seat.holder_email != booking.email:
        given = {"event": booking.event, "booking": booking, "name": told["holder"], "link": ""}
        write_letter(
            template,
            to=seat.holder_email,
            language=booking.language,
            at=entry.at,
            dedupe=f"{entry.pk}:holder",
            event_id=booking.event_id,
            context=given | told | {"was_paid": False},
        )


def link_again(entry: Entry) -> None:
    """The link of a booking, sent once more by the team."""
    write_to_buyer(_booking_of(entry), "registration/letters/link_again", at=entry.at, dedupe=f"{entry.pk}")


def seat_link_again(entry: Entry) -> None:
    """The link of a pass, sent once more to who holds it."""
    seat = Seat.objects.select_related("booking__event", "pass_type").filter(code=_code(entry)).first()
    if seat is not None and seat.booking.state == Booking.State.CONFIRMED:
        _write_to_holder(seat, "registration/letters/seat_link_again", at=entry.at, dedupe=f"{entry.pk}")


def waiting_link(waiting: Waiting) -> str:
    """The secret address of a place in the queue."""
    token = link_token(WAITING_LINK, waiting.code, waiting.link_epoch)
    return _address(reverse("registration:waiting_link", args=[waiting.event.slug, waiting.code, token]), waiting.language)


def waiting_joined(entry: Entry) -> None:
    """The link of a place in the queue; sent again to who asked again."""
    _write_to_waiting(entry, "registration/letters/waiting", Waiting.State.WAITING, dedupe=f"{entry.pk}")


def places_offered(entry: Entry) -> None:
    """Places are kept: the link to take them."""
    _write_to_waiting(entry, "registration/letters/offer", Waiting.State.OFFERED, dedupe=f"{entry.pk}")


def offer_missed(entry: Entry) -> None:
    """The offer went to the next person."""
    _write_to_waiting(entry, "registration/letters/offer_missed", Waiting.State.MISSED, dedupe=f"{entry.pk}")


def _write_to_waiting(entry: Entry, template: str, state: str, *, dedupe: str) -> None:
    waiting = Waiting.objects.select_related("event", "pass_type").get(code=_code(entry))
    if waiting.state != state or not waiting.email:
        return
    context = {
        "event": waiting.event,
        "waiting": waiting,
        "name": harmless(waiting.name),
        "link": waiting_link(waiting),
        "place": place_in_queue(waiting),
    }
    write_letter(
        template,
        to=waiting.email,
        language=waiting.language,
        at=entry.at,
        dedupe=dedupe,
        event_id=waiting.event_id,
        context=context,
    )


def place_in_workshop(entry: Entry) -> None:
    """A place came back, and is hers by itself."""
    one = SignUp.objects.select_related("workshop__session", "seat__booking__event").filter(pk=entry.facts["sign_up"]).first()
    if one is not None and one.state == SignUp.State.IN:
        _write_to_holder(
            one.seat, "registration/letters/workshop_place", at=entry.at, dedupe=f"{entry.pk}", session=one.workshop.session
        )


def workshops_drawn(entry: Entry) -> None:
    """The draw is over: one letter to each person who wished."""
    found = SignUp.objects.filter(workshop__session__event_id=entry.event_id, workshop__drawn_at=entry.at)
    rows = found.filter(state__in=(SignUp.State.IN, SignUp.State.WAITING)).select_related(
        "workshop__session", "seat__booking__event"
    )
    by_seat: dict[int, list[SignUp]] = {}
    for one in rows.order_by("workshop__session__starts_at"):
        by_seat.setdefault(one.seat_id, []).append(one)
    for mine in by_seat.values():
        _write_to_holder(mine[0].seat, "registration/letters/drawn", at=entry.at, dedupe=f"{entry.pk}", mine=mine)


def _write_to_holder(seat: Seat, template: str, *, at: datetime, dedupe: str, **context: Any) -> None:
    booking = seat.booking
    to = seat.holder_email or booking.email
    if not to:
        return
    given = {
        "event": booking.event,
        "seat": seat,
        "name": harmless(seat.holder_name or booking.name),
        "link": seat_link(seat, booking),
    }
    write_letter(
        template,
        to=to,
        language=booking.language,
        at=at,
        dedupe=f"{dedupe}:{seat.code}",
        event_id=booking.event_id,
        context=given | context,
    )


def _code(entry: Entry) -> str:
    return entry.about.rpartition(":")[2]


def _booking_of(entry: Entry) -> Booking:
    return Booking.objects.select_related("event").get(code=_code(entry))


def _address(path: str, language: str) -> str:
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{settings.CONFIG.base_url}{path if prefix and path.startswith(f'{prefix}/') else prefix + path}"
