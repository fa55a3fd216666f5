"""The draft as the editor draws it: plain data."""

import hashlib
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Sum
from django.urls import reverse

from encommun.events.models import Event
from encommun.programme.models import Part, Session, Slot
from encommun.programme.queries.draft import Draft, draft_of
from encommun.programme.queries.fitting import lacks, public_of
from encommun.programme.queries.moves import last_moves


def stamp_of(event: Event, language: str) -> str:
    """Changes whenever the draft does: each change of a session raises its version. Three statements."""
    sessions = Session.objects.filter(event=event).aggregate(n=Count("pk"), last=Max("pk"), versions=Sum("version"))
    parts = Part.objects.filter(session__event=event).aggregate(n=Count("pk"), last=Max("pk"))
    slots = Slot.objects.filter(event=event).aggregate(n=Count("pk"), last=Max("pk"))
    told = "/".join(str(value) for row in (sessions, parts, slots) for value in row.values())
    return hashlib.sha256(f"{event.pk}/{language}/{told}".encode()).hexdigest()[:24]


def state_of(event: Event) -> dict[str, Any]:
    """Everything that the grid shows. Sentences are added by the view."""
    draft = draft_of(event)
    return {
        "rooms": [
            {
                "id": room.pk,
                "name": room.name,
                "venue": room.venue.name,
                "capacity": room.capacity,
                "shares": room.holds_several,
                "closed": [
                    {"start": _local(one.starts_at, event), "end": _local(one.ends_at, event)}
                    for one in draft.closures.get(room.pk, ())
                ],
            }
            for room in draft.rooms
        ],
        "breaks": [
            {"start": _local(one.starts_at, event), "end": _local(one.ends_at, event), "label": str(one.label)}
            for one in draft.slots
            if one.kind == Slot.Kind.BREAK
        ],
        "slots": [{"start": _local(one.starts_at, event), "end": _local(one.ends_at, event)} for one in draft.slots],
        "sessions": [_row(one, draft, event) for one in draft.sessions if one.state != Session.State.CANCELLED],
        "warnings": draft.warnings,
        "moves": last_moves(event),
    }


def _row(session: Session, draft: Draft, event: Event) -> dict[str, Any]:
    public = public_of(session, draft.interest)
    return {
        "code": session.code,
        "title": session.title,
        "room": session.room_id if session.is_placed else None,
        "start": _local(session.starts_at, event) if session.is_placed else None,
        "end": _local(session.ends_at, event) if session.is_placed else None,
        "minutes": session.minutes,
        "version": session.version,
        "kind": session.kind,
        "state": session.state,
        "state_name": session.get_state_display(),
        "hue": session.axis.hue if session.axis else "",
        "people": ", ".join(dict.fromkeys(part.name for part in session.parts.all())),
        "room_is_fixed": session.room_is_fixed,
        "time_is_fixed": session.time_is_fixed,
        "public": public,
        "lacks": {str(room.pk): missing for room in draft.rooms if (missing := lacks(session, room, public))},
        "href": reverse("programme:edit", args=[event.slug, session.code]),
        "move": reverse("programme:move", args=[event.slug, session.code]),
    }


def _local(moment: datetime | None, event: Event) -> str:
    """The wall clock of the gathering: what the grid counts in."""
    return f"{moment.astimezone(event.zone):%Y-%m-%dT%H:%M}" if moment else ""
