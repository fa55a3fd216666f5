"""Who may reach the API. Its operations are walked with keys: «door», «registration», and «elsewhere» has one of the other event."""

from uuid import UUID

from encommun.checkin.commands import redeem
from tests.access import EVERYONE, Row
from tests.cast import NOW
from tests.checkin.passes import booked, passes
from tests.commons.access import _one as _resource
from tests.commons.access import _resource_elsewhere
from tests.programme.access import _elsewhere as _session_elsewhere
from tests.programme.access import _session, _version

REGISTRATION = ("registration",)
KEEPERS = ("registration", "door")


def _of(cast):
    return {"event": cast.event.slug}


def _on_sale(cast):
    if not cast.event.pass_types.exists():
        passes(cast.event)
    return _of(cast)


def _booking(cast):
    found = cast.event.bookings.first() or booked(cast.event)
    return _of(cast) | {"code": found.code}


def _booking_elsewhere(cast):
    return _booking(cast) | {"event": cast.other.slug}


def _proposal(cast):
    from tests.call.access import published

    return _of(cast) | {"code": published(cast).code}


def _proposal_elsewhere(cast):
    return _proposal(cast) | {"event": cast.other.slug}


def _scan(cast):
    scan_id = UUID("5b8c1f0e-2f55-4c0c-9a52-1b1f0f6f2d11")
    redeem(cast.event, code="ABCD2345", scan_id=scan_id, mode="api", actor=cast.actor("driss"), at=NOW)
    return _of(cast) | {"scan_id": scan_id}


def _scan_elsewhere(cast):
    return _scan(cast) | {"event": cast.other.slug}


def _programme(cast):
    return {"event": _version(cast)["event"]}


#: A key of the door, or of another event, is refused where a stranger would be let through.
_BOOK = Row(allowed=tuple(who for who in EVERYONE if who not in ("door", "elsewhere")), kwargs=_on_sale, method="POST")

ACCESS = {
    "api:openapi": Row(allowed=EVERYONE),
    "api:docs": Row(allowed=EVERYONE),
    "api:root": Row(),
    "api:v1:api-root": Row(),
    "api:unknown": Row(kwargs=lambda cast: {"rest": "nowhere"}),
    "api:v1:list_events": Row(allowed=EVERYONE),
    "api:v1:get_event": Row(allowed=EVERYONE, kwargs=_of),
    "api:v1:list_axes": Row(allowed=EVERYONE, kwargs=_of),
    "api:v1:list_proposals": Row(allowed=EVERYONE, kwargs=_of),
    "api:v1:get_proposal": Row(allowed=EVERYONE, kwargs=_proposal, foreign=_proposal_elsewhere),
    "api:v1:get_programme": Row(allowed=EVERYONE, kwargs=_programme),
    "api:v1:get_version": Row(allowed=EVERYONE, kwargs=_version),
    "api:v1:get_session": Row(allowed=EVERYONE, kwargs=_session, foreign=_session_elsewhere),
    "api:v1:list_pass_types": Row(allowed=EVERYONE, kwargs=_of),
    "api:v1:book": _BOOK,
    "api:v1:get_booking": Row(allowed=REGISTRATION, kwargs=_booking, foreign=_booking_elsewhere),
    "api:v1:scan": Row(allowed=KEEPERS, kwargs=_of, method="POST"),
    "api:v1:undo": Row(allowed=KEEPERS, kwargs=_scan, method="POST", foreign=_scan_elsewhere),
    "api:v1:list_resources": Row(allowed=EVERYONE, kwargs=_of),
    "api:v1:get_resource": Row(allowed=EVERYONE, kwargs=_resource, foreign=_resource_elsewhere),
}
