"""A gathering as schema.org says it, for search engines and other machines."""

from typing import Any

from encommun.events.models import Event, Support
from encommun.foundation.money import as_decimal
from encommun.places.models import Venue
from encommun.registration.models import PassType


def structured_event(event: Event, *, venues: list[Venue], passes: list[PassType], address: str, tickets: str) -> dict[str, Any]:
    """A schema.org ``Event``; ``address`` and ``tickets`` are full addresses of its page and of its passes."""
    supports = list(event.supports.select_related("structure"))
    return {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.name,
        "description": str(event.purpose),
        "url": address,
        "startDate": event.starts_on.isoformat(),
        "endDate": event.ends_on.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": [_place(venue) for venue in venues],
        "organizer": [_body(support) for support in supports if support.kind != Support.Kind.HOSTS],
        "sponsor": [_body(support) for support in supports if support.kind == Support.Kind.HOSTS],
        "offers": [_offer(one, tickets) for one in passes],
    }


def _place(venue: Venue) -> dict[str, Any]:
    place: dict[str, Any] = {
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
    if venue.latitude is not None and venue.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": float(venue.latitude), "longitude": float(venue.longitude)}
    return place


def _body(support: Support) -> dict[str, str]:
    body = {"@type": "Organization", "name": support.structure.name}
    return body | {"url": support.structure.url} if support.structure.url else body


def _offer(one: PassType, tickets: str) -> dict[str, str]:
    return {
        "@type": "Offer",
        "name": str(one.name),
        "price": as_decimal(one.price_cents),
        "priceCurrency": "EUR",
        "availability": "https://schema.org/InStock",
        "validFrom": one.on_sale_from.isoformat(),
        "validThrough": one.on_sale_until.isoformat(),
        "url": tickets,
    }
