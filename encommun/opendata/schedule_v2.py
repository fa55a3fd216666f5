"""schedule.json, version 2 (the draft of c3voc, alpha 3): a flat list, which can also say «cancelled» and name breaks."""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse

from encommun.opendata.days import acronym, days_of, proposal_address, room_names, short_name, slug_of_room
from encommun.programme.models import Part
from encommun.programme.queries import Programme, Shown
from encommun.programme.rules import DAY_CHANGES_AT, moment_on
from encommun.programme.structured import address_of

#: French sign language has no code of two letters: its sessions are in France.
LANGUAGES = {"fsl": "fr"}
ROLES = {Part.Kind.CARRIES: "HOST", Part.Kind.CO_FACILITATES: "MODERATOR", Part.Kind.TAKES_NOTES: "CONTRIBUTOR"}
#: A session without an axis: the format asks for a track.
NO_TRACK = "none"


def of_programme(programme: Programme) -> bytes:
    """The whole file."""
    event, names = programme.event, room_names(programme)
    home = settings.CONFIG.base_url + reverse("web:event_home", args=[event.slug])
    days = [
        {"index": index, "date": day.isoformat(), "start": start.isoformat(), "end": end.isoformat()}
        for index, day, start, end, _rooms in days_of(programme)
    ]
    body = {
        "$schema": "https://c3voc.de/schema/schedule2",
        "generator": {"name": "Encommun"},
        "schedule": {
            "version": str(programme.number),
            "base_url": home,
            "license": "etalab-2.0",
            "conference": {
                "acronym": acronym(programme),
                "title": event.name,
                "start": moment_on(event.starts_on, DAY_CHANGES_AT, event.zone).isoformat(),
                "end": moment_on(event.ends_on + timedelta(days=1), DAY_CHANGES_AT, event.zone).isoformat(),
                "time_zone_name": event.timezone,
                "url": home,
                "languages": sorted({_language(one) for one in programme.placed}) or ["fr"],
                "tracks": [{"name": str(axis.title), "slug": axis.slug} for axis in programme.axes],
                "rooms": [
                    {"name": names[room.key], "slug": slug_of_room(room), "guid": room.guid, "capacity": room.capacity}
                    for room in programme.rooms
                ],
                "days": days,
            },
            "events": [_event(programme, one, names) for one in programme.placed]
            + [
                {
                    "type": "BREAK",
                    "title": str(rest.label) or "—",
                    "start": rest.starts_at.isoformat(),
                    "end": rest.ends_at.isoformat(),
                }
                for rest in programme.breaks
            ],
        },
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def _event(programme: Programme, session: Shown, names: dict[str, str]) -> dict[str, Any]:
    if session.starts_at is None or session.ends_at is None or session.room is None:
        raise ValueError(f"{session.code} is not placed")
    room, proposal = session.room, proposal_address(programme, session)
    named = {taking.person.number: taking for taking in session.people if taking.person}
    return {
        "guid": session.guid,
        "code": session.code,
        "start": session.starts_at.isoformat(),
        "end": session.ends_at.isoformat(),
        "room": {"name": names[room.key], "slug": slug_of_room(room), "guid": room.guid},
        "slug": short_name(programme, session),
        "url": address_of(programme.event, session.code),
        "title": session.title,
        "subtitle": None,
        "track": {"slug": session.axis.slug if session.axis else NO_TRACK},
        "type": "OTHER",
        "language": _language(session),
        "abstract": session.abstract,
        "participants": [
            {"guid": str(one.person.guid), "name": one.person.name, "role": ROLES.get(one.part, "SPEAKER")}
            for one in named.values()
            if one.person
        ],
        "links": [{"type": "ORIGIN", "url": proposal, "title": session.title}] if proposal else [],
        "state": "CANCELED" if session.is_cancelled else "CONFIRMED",
    }


def _language(session: Shown) -> str:
    return LANGUAGES.get(session.language, session.language[:2].lower() or "fr")
