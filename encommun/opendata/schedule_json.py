"""schedule.json, the twin of schedule.xml (schema of c3voc, version 1)."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse

from encommun.opendata.days import acronym, days_of, length, proposal_address, room_names, short_name, slug_of_room
from encommun.programme.queries import Programme, Shown
from encommun.programme.structured import address_of


def of_programme(programme: Programme) -> bytes:
    """The whole file."""
    event, base = programme.event, settings.CONFIG.base_url
    home = base + reverse("web:event_home", args=[event.slug])
    days, names = list(days_of(programme)), room_names(programme)
    body = {
        "$schema": "https://c3voc.de/schedule/schema.json",
        "generator": {"name": "Encommun"},
        "schedule": {
            "version": str(programme.number),
            "base_url": home,
            "license": "etalab-2.0",
            "conference": {
                "acronym": acronym(programme),
                "title": event.name,
                "start": event.starts_on.isoformat(),
                "end": event.ends_on.isoformat(),
                "daysCount": len(days),
                "timeslot_duration": "00:15",
                "time_zone_name": event.timezone,
                "url": home,
                "tracks": [{"name": str(axis.title), "slug": axis.slug} for axis in programme.axes],
                "rooms": [
                    {
                        "name": names[room.key],
                        "slug": slug_of_room(room),
                        "guid": room.guid,
                        "capacity": room.capacity,
                    }
                    for room in programme.rooms
                ],
                "days": [
                    {
                        "index": index,
                        "date": day.isoformat(),
                        "day_start": start.isoformat(),
                        "day_end": end.isoformat(),
                        "rooms": {name: [_event(programme, one, name) for one in here] for _room, name, here in rooms},
                    }
                    for index, day, start, end, rooms in days
                ],
            },
        },
    }
    return json.dumps(body, ensure_ascii=False, indent=1).encode()


def _event(programme: Programme, session: Shown, room: str) -> dict[str, Any]:
    if session.starts_at is None or session.ends_at is None:
        raise ValueError(f"{session.code} is not placed")
    named = {taking.person.number: taking.person for taking in session.people if taking.person}
    proposal = proposal_address(programme, session)
    return {
        "guid": session.guid,
        "code": session.code,
        "id": session.number,
        "date": session.starts_at.isoformat(),
        "start": f"{session.starts_at:%H:%M}",
        "end": session.ends_at.isoformat(),
        "duration": length(session),
        "room": room,
        "slug": short_name(programme, session),
        "url": address_of(programme.event, session.code),
        "title": session.title,
        "subtitle": "",
        "track": str(session.axis.title) if session.axis else None,
        "type": session.format or "other",
        "language": session.language,
        "abstract": session.abstract,
        "description": "",
        "persons": [{"id": number, "guid": str(one.guid), "public_name": one.name} for number, one in named.items()],
        "links": [{"url": proposal, "title": session.title, "type": "related"}] if proposal else [],
    }
