"""What stands behind a code that is shown at the door: one indexed read for a signed code."""

from django.db.models import F

from encommun.checkin import codes
from encommun.checkin.models import Scan, Ticket
from encommun.checkin.queries.keys import verify
from encommun.checkin.rules import Shown
from encommun.events.models import Event
from encommun.foundation.codes import read_code
from encommun.foundation.composed import Composed
from encommun.registration.models import Seat

BEHIND = ("seat__booking", "seat__pass_type")
BY_IDENTIFIER = Composed(
    lambda identifier, event: Ticket.objects.select_related(*BEHIND).filter(identifier=identifier, event_id=event),
    identifier=str,
    event=int,
)


def what_is_shown(event: Event, code: str) -> Shown:
    """Read a signed code, or the short code of a seat as somebody typed it."""
    code = code.strip()
    try:
        content, raw = codes.unpack(code)
    except codes.NotACode:
        return _seat_of(event, read_code(code))
    try:
        verify(content, raw)
    except codes.WrongSignature:
        return Shown(known_by_itself=Scan.Result.FORGED)
    if content.event != event.pk:
        return Shown(known_by_itself=Scan.Result.OTHER_EVENT)
    ticket = BY_IDENTIFIER.first(identifier=content.ticket.hex(), event=event.pk)
    if ticket is None:
        return Shown(known_by_itself=Scan.Result.UNKNOWN)
    return Shown(seat=ticket.seat, ticket=ticket)


def _seat_of(event: Event, code: str) -> Shown:
    """The seat of a short code, with its live ticket, else the last one."""
    if not 4 <= len(code) <= 12:
        return Shown(known_by_itself=Scan.Result.UNKNOWN)
    ticket = (
        Ticket.objects.select_related(*BEHIND)
        .filter(seat__code=code, event=event)
        .order_by(F("revoked_at").desc(nulls_first=True))
        .first()
    )
    if ticket is not None:
        return Shown(seat=ticket.seat, ticket=ticket)
    seat = Seat.objects.select_related("booking", "pass_type").filter(code=code, booking__event=event).first()
    return Shown(seat=seat) if seat is not None else Shown(known_by_itself=Scan.Result.UNKNOWN)
