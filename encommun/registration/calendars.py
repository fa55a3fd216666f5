"""A pass as a calendar (RFC 5545): its days, and the workshops in which the holder has a place."""

from collections.abc import Iterable
from datetime import UTC, date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vUri

from encommun.places.models import Venue
from encommun.registration.models import Seat, SignUp


def of_seat(seat: Seat, workshops: Iterable[SignUp], venues: Iterable[Venue]) -> bytes:
    """Whole days for the pass, hours for its workshops. Identifiers last: brought in again, nothing is doubled."""
    gathering = seat.booking.event
    calendar = Calendar()
    calendar.add("prodid", "-//Encommun//Pass//FR")
    calendar.add("version", "2.0")
    page = settings.CONFIG.base_url + reverse("registration:seat", args=[gathering.slug, seat.code])
    where = " / ".join(f"{venue.name}, {venue.address}, {venue.postcode} {venue.town}" for venue in venues)
    for day in seat.days:
        first = date.fromisoformat(day)
        whole = _event(seat, f"{seat.code}-{day}", gathering.name, where or gathering.town)
        whole.add("dtstart", first)
        whole.add("dtend", first + timedelta(days=1))
        whole.add("description", _("Your pass: {code}").format(code=seat.code) + f"\n{page}")
        whole.add("transp", "TRANSPARENT")
        calendar.add_component(whole)
    for one in workshops:
        session = one.workshop.session
        if one.state != SignUp.State.IN or not session.is_placed:
            continue
        place = f"{session.room.name}, {session.room.venue.name}"
        hours = _event(seat, f"{seat.code}-{session.code}", session.title, place)
        hours.add("dtstart", session.starts_at.astimezone(UTC))
        hours.add("dtend", session.ends_at.astimezone(UTC))
        hours.add("url", vUri(settings.CONFIG.base_url + reverse("programme:session", args=[gathering.slug, session.code])))
        calendar.add_component(hours)
    return calendar.to_ical()


def _event(seat: Seat, name: str, title: str, where: str) -> Event:
    event = Event()
    event.add("uid", f"{name.lower()}@{settings.CONFIG.base_url.partition('://')[2]}")
    event.add("dtstamp", (seat.booking.confirmed_at or seat.booking.booked_at).astimezone(UTC))
    event.add("summary", title)
    event.add("location", where)
    return event
