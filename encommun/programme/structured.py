"""Structured data for search engines and agendas (schema.org), made from the published programme only."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse

from encommun.events.models import Event
from encommun.foundation.licences import LICENCES
from encommun.foundation.text import plain_start
from encommun.programme.queries.programme import Programme, Shown, Venue

SCHEDULED, CANCELLED = "https://schema.org/EventScheduled", "https://schema.org/EventCancelled"
ON_SITE = "https://schema.org/OfflineEventAttendanceMode"


def address_of(event: Event, code: str) -> str:
    """The full address of a session, in French."""
    return settings.CONFIG.base_url + reverse("programme:session", args=[event.slug, code])


def of_programme(programme: Programme) -> dict[str, Any]:
    """The gathering with its sessions."""
    event = programme.event
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.name,
        "url": settings.CONFIG.base_url + reverse("programme:programme", args=[event.slug]),
        "startDate": event.starts_on.isoformat(),
        "endDate": event.ends_on.isoformat(),
        "eventStatus": SCHEDULED,
        "eventAttendanceMode": ON_SITE,
        "location": [_venue(one) for one in programme.venues],
        "subEvent": [_session(programme, one) for one in programme.placed],
    }


def as_json_ld(programme: Programme) -> bytes:
    """The same as a file."""
    return json.dumps(of_programme(programme), ensure_ascii=False, indent=1).encode()


def of_session(programme: Programme, session: Shown) -> dict[str, Any]:
    """One session, inside the gathering."""
    event = programme.event
    whole = {
        "@type": "Event",
        "name": event.name,
        "startDate": event.starts_on.isoformat(),
        "endDate": event.ends_on.isoformat(),
        "url": settings.CONFIG.base_url + reverse("programme:programme", args=[event.slug]),
        "location": [_venue(one) for one in programme.venues],
    }
    return {"@context": "https://schema.org"} | _session(programme, session) | {"superEvent": whole}


def _session(programme: Programme, session: Shown) -> dict[str, Any]:
    body: dict[str, Any] = {
        "@type": "Event",
        "@id": f"urn:uuid:{session.guid}",
        "name": session.title,
        "url": address_of(programme.event, session.code),
        "eventStatus": CANCELLED if session.is_cancelled else SCHEDULED,
        "eventAttendanceMode": ON_SITE,
        "inLanguage": session.language,
    }
    if session.abstract:
        body["description"] = plain_start(session.abstract, 300)
    if session.starts_at and session.ends_at:
        body |= {"startDate": session.starts_at.isoformat(), "endDate": session.ends_at.isoformat()}
    else:
        body["startDate"] = programme.event.starts_on.isoformat()
    if session.room:
        body["location"] = _venue(session.room.venue) | {"name": session.room.full_name}
    if session.names:
        body["performer"] = [{"@type": "Person", "name": name} for name in session.names]
    if session.licence in LICENCES:
        body["license"] = LICENCES[session.licence].url
    return body


def _venue(venue: Venue) -> dict[str, Any]:
    body: dict[str, Any] = {
        "@type": "Place",
        "name": venue.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": venue.address,
            "postalCode": venue.postcode,
            "addressLocality": venue.town,
            "addressCountry": "FR",
        },
    }
    if venue.latitude and venue.longitude:
        body["geo"] = {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude}
    return body
