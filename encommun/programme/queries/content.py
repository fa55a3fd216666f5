"""From the draft to what a version holds.

``content`` is JSON: ``sessions`` (confirmed ones, and cancelled ones that were published before), ``slots``, ``rooms``,
``venues``, ``axes``. Moments are ISO texts with the offset of the event's zone. A session's ``room`` is a room's ``key``
(«stereolux/maxi»), its ``axis`` a slug; both are empty where there is none. ``people`` are ``{"person": number, "part"}``
with the number of a ``PublishedPerson``, or None for those who did not agree to be named. ``sequence`` counts how often
the session has changed since it was first published, ``changed_at`` says when it last did: calendars ask for both.
"""

import uuid
from datetime import datetime
from typing import Any

from encommun.events.models import Event
from encommun.places.models import Room, Venue
from encommun.programme.models import Part, PublishedPerson, Session, Slot

type Content = dict[str, Any]
type Row = dict[str, Any]

#: Stands for somebody whose public name is new or different: it becomes a number when the version is made.
NEW_PERSON = 0
#: What changes from version to version without being a change of the session.
COUNTED = ("sequence", "changed_at")


class People:
    """Public names known for an event, found by account, by address, or by name where there is neither.

    Somebody written down twice with two spellings is published under the first one.
    """

    def __init__(self, event: Event, parts: list[Part]) -> None:
        self.rows = list(PublishedPerson.objects.filter(event=event))
        self._by_key = {key: row for row in self.rows for key in _keys(row)}
        self._spelling: dict[tuple[str, Any], tuple[str, str]] = {}
        for part in sorted((one for one in parts if one.name_is_public), key=lambda one: one.pk):
            for key in _keys(part):
                self._spelling.setdefault(key, (part.name, part.structure_name))

    def find(self, part: Part) -> PublishedPerson | None:
        """The public name of somebody who takes part, if one was published."""
        return next((self._by_key[key] for key in _keys(part) if key in self._by_key), None)

    def spelling(self, part: Part) -> tuple[str, str]:
        """Name and structure as they are to be published."""
        return self._spelling[_keys(part)[0]]

    def number(self, part: Part) -> int | None:
        """The number for a version; ``NEW_PERSON`` when the name is still to be published or differs."""
        if not part.name_is_public:
            return None
        row = self.find(part)
        return row.number if row is not None and (row.name, row.structure_name) == self.spelling(part) else NEW_PERSON

    def publish(self, event: Event, parts: list[Part]) -> None:
        """Write the names of those who agreed, and forget those of people who no longer do."""
        facts = ("account_id", "email", "name", "structure_name")
        before = {row.pk: [getattr(row, name) for name in facts] for row in self.rows}
        kept: dict[int, PublishedPerson] = {}
        for part in parts:
            if not part.name_is_public:
                continue
            row = self.find(part) or PublishedPerson(event=event)
            row.account_id, row.email = part.account_id or row.account_id, part.email or row.email
            row.name, row.structure_name = self.spelling(part)
            kept[id(row)] = row
            self._by_key |= dict.fromkeys(_keys(row), row)
        rows = list(kept.values())
        PublishedPerson.objects.bulk_create([row for row in rows if row.pk is None], batch_size=500)
        changed = [row for row in rows if row.pk in before and before[row.pk] != [getattr(row, name) for name in facts]]
        PublishedPerson.objects.bulk_update(changed, facts, batch_size=100)
        gone = before.keys() - {row.pk for row in rows}
        if gone:
            PublishedPerson.objects.filter(pk__in=gone).delete()


def _keys(one: Part | PublishedPerson) -> list[tuple[str, Any]]:
    keys: list[tuple[str, Any]] = []
    if one.account_id:
        keys.append(("account", one.account_id))
    if one.email:
        keys.append(("email", one.email))
    return keys or [("name", one.name.casefold())]


def sessions_to_publish(event: Event, former: Content | None) -> list[Session]:
    """Confirmed sessions, and cancelled ones that readers know of."""
    before = {session["code"] for session in (former or {}).get("sessions", ())}
    drafts = Session.objects.filter(event=event).select_related("axis", "room__venue", "proposal").prefetch_related("parts")
    return [one for one in drafts.order_by("id") if one.state == Session.State.CONFIRMED or _was_cancelled(one, before)]


def content_of_draft(event: Event, former: Content | None, shown: list[Session] | None = None) -> Content:
    """What a version made now would hold. Eight statements.

    Args:
        shown: the sessions to publish, if they were read already.
    """
    zone, shown = event.zone, sessions_to_publish(event, former) if shown is None else shown
    people = People(event, [part for one in shown for part in one.parts.all()])
    venues = list(event.venues.order_by("event_venues__position"))
    rooms = Room.objects.filter(venue__in=venues).select_related("venue")
    order = {venue.pk: position for position, venue in enumerate(venues)}
    return {
        "sessions": [_session(one, people, event) for one in shown],
        "slots": [
            {
                "starts_at": one.starts_at.astimezone(zone).isoformat(),
                "ends_at": one.ends_at.astimezone(zone).isoformat(),
                "kind": one.kind,
                "label": dict(one.label),
            }
            for one in Slot.objects.filter(event=event)
        ],
        "rooms": [_room(one) for one in sorted(rooms, key=lambda room: (order[room.venue_id], room.position, room.pk))],
        "venues": [_venue(one) for one in venues],
        "axes": [{"slug": one.slug, "title": dict(one.title), "hue": one.hue} for one in event.axes.all()],
    }


def _was_cancelled(session: Session, before: set[str]) -> bool:
    return session.state == Session.State.CANCELLED and session.code in before


def room_key(room: Room) -> str:
    """How a version names a room."""
    return f"{room.venue.slug}/{room.slug}"


def _session(session: Session, people: People, event: Event) -> Row:
    placed = session.is_placed
    return {
        "number": session.number,
        "guid": str(session.guid),
        "code": session.code,
        "state": session.state,
        "title": session.title,
        "abstract": session.abstract,
        "axis": session.axis.slug if session.axis else "",
        "format": session.format_name,
        "language": session.language,
        "licence": session.licence,
        "is_plenary": session.is_plenary,
        "proposal": session.proposal.code if session.proposal else "",
        "room": room_key(session.room) if session.room and placed else "",
        "starts_at": session.starts_at.astimezone(event.zone).isoformat() if session.starts_at and placed else "",
        "ends_at": session.ends_at.astimezone(event.zone).isoformat() if session.ends_at and placed else "",
        "minutes": session.minutes,
        "people": [{"person": people.number(part), "part": part.kind} for part in session.parts.all()],
    }


def _room(room: Room) -> Row:
    return {
        "key": room_key(room),
        "guid": str(uuid.uuid5(uuid.NAMESPACE_URL, f"encommun:room:{room_key(room)}")),
        "venue": room.venue.slug,
        "name": room.name,
        "floor": room.floor,
        "capacity": room.capacity,
        "step_free": room.step_free,
        "hearing_loop": room.hearing_loop,
    }


def _venue(venue: Venue) -> Row:
    return {
        "slug": venue.slug,
        "name": venue.name,
        "address": venue.address,
        "postcode": venue.postcode,
        "town": venue.town,
        "latitude": str(venue.latitude or ""),
        "longitude": str(venue.longitude or ""),
        "access": dict(venue.access),
        "url": venue.url,
    }


def count_changes(content: Content, former: Content | None, at: datetime) -> Content:
    """The content with ``sequence`` and ``changed_at`` on each session."""
    before = {session["code"]: session for session in (former or {}).get("sessions", ())}
    for session in content["sessions"]:
        old = before.get(session["code"])
        if old is None:
            session |= {"sequence": 0, "changed_at": at.isoformat()}
        elif plain(old) == session:
            session |= {name: old[name] for name in COUNTED}
        else:
            session |= {"sequence": old["sequence"] + 1, "changed_at": at.isoformat()}
    return content


def plain(session: Row) -> Row:
    """A session without what is only counted."""
    return {name: value for name, value in session.items() if name not in COUNTED}
