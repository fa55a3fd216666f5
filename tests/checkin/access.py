"""Who may reach the addresses of the door, and the tickets."""

from encommun.checkin.models import Door, Ticket
from tests.access import Row
from tests.checkin.passes import ticket

KEEPERS = ("door", "registration", "coordination")


def _seat(cast):
    found = Ticket.objects.filter(event=cast.event, revoked_at=None).first() or ticket(cast.event, email="titulaire@example.org")
    return found.seat


def _of(cast):
    return {"event": cast.event.slug}


def _ticket(cast):
    return _of(cast) | {"code": _seat(cast).code}


def _elsewhere(cast):
    return {"event": cast.other.slug, "code": _seat(cast).code}


def _booking(cast):
    return _of(cast) | {"code": _seat(cast).booking.code}


def _booking_elsewhere(cast):
    return {"event": cast.other.slug, "code": _seat(cast).booking.code}


def _door(cast):
    door, _made = Door.objects.get_or_create(event=cast.event, number=1, defaults={"name": "Stereolux"})
    return _of(cast) | {"number": door.number}


def _link(cast):
    return ("registration.seat", _seat(cast).code)


ACCESS = {
    "checkin:door": Row(allowed=KEEPERS, kwargs=_of),
    "checkin:scan": Row(allowed=KEEPERS, kwargs=_of, method="POST"),
    "checkin:walk_in": Row(allowed=("registration", "coordination"), kwargs=_of),
    "checkin:welcomed": Row(allowed=("registration", "coordination"), kwargs=_booking, foreign=_booking_elsewhere),
    "checkin:undo": Row(allowed=KEEPERS, kwargs=_of, method="POST"),
    "checkin:doors": Row(allowed=("registration", "coordination"), kwargs=_of),
    "checkin:door_edit": Row(allowed=("registration", "coordination"), kwargs=_door),
    "checkin:training": Row(allowed=KEEPERS, kwargs=_of),
    "checkin:ticket_pdf": Row(allowed=("owner", "registration", "coordination"), kwargs=_ticket, link=_link, foreign=_elsewhere),
    "checkin:ticket_svg": Row(allowed=("owner", "registration", "coordination"), kwargs=_ticket, link=_link, foreign=_elsewhere),
}
