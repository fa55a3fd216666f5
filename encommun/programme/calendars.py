"""iCalendar (RFC 5545, 7986). Identifiers are those of the sessions, for ever; a cancelled session says so."""

from collections.abc import Iterable
from datetime import UTC, date, timedelta
from functools import lru_cache

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event, Timezone, vDuration, vText, vUri

from encommun.foundation.text import plain_start
from encommun.programme.queries import Programme, Shown
from encommun.programme.structured import address_of


def of_programme(programme: Programme) -> bytes:
    """Every placed session."""
    return _calendar(programme, programme.placed)


def of_sessions(programme: Programme, sessions: Iterable[Shown], title: str = "") -> bytes:
    """Some sessions; those without a place are left out.

    Args:
        title: what the calendar is called beside the gathering («Données», a name).
    """
    return _calendar(programme, [one for one in sessions if one.starts_at], title)


def _calendar(programme: Programme, sessions: Iterable[Shown], title: str = "") -> bytes:
    gathering = programme.event
    calendar = Calendar()
    calendar.add("prodid", "-//Encommun//Programme//FR")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    name = f"{gathering.name} · {title}" if title else gathering.name
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", gathering.timezone)
    calendar.add("url", vUri(settings.CONFIG.base_url + reverse("programme:programme", args=[gathering.slug])))
    calendar.add("refresh-interval", vDuration(timedelta(hours=1)), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    year = timedelta(days=366)
    calendar.add_component(_zone(gathering.timezone, gathering.starts_on - year, gathering.ends_on + year))
    for session in sessions:
        calendar.add_component(_event(programme, session))
    return calendar.to_ical()


@lru_cache(maxsize=16)
def _zone(name: str, first: date, last: date) -> Timezone:
    """Written from the zone's own transitions: slow to find, always the same."""
    return Timezone.from_tzid(name, first_date=first, last_date=last)


def _event(programme: Programme, session: Shown) -> Event:
    event = Event()
    address = address_of(programme.event, session.code)
    event.add("uid", session.guid)
    event.add("dtstamp", session.changed_at.astimezone(UTC))
    event.add("last-modified", session.changed_at.astimezone(UTC))
    event.add("sequence", session.sequence)
    event.add("summary", session.title)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    event.add("url", vUri(address))
    event.add("description", "\n\n".join(filter(None, [", ".join(session.names), plain_start(session.abstract, 1000), address])))
    if session.axis:
        event.add("categories", [vText(str(session.axis.title))])
    if session.room:
        venue = session.room.venue
        event.add("location", f"{session.room.name}, {venue.name}, {venue.address}, {venue.postcode} {venue.town}")
        if venue.latitude and venue.longitude:
            event.add("geo", (float(venue.latitude), float(venue.longitude)))
    return event
