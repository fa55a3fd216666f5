"""The draft, as the team sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from encommun.events.models import Event
from encommun.foundation.refusals import NotFound
from encommun.journal.models import Entry
from encommun.journal.rules import reference
from encommun.places.models import Room
from encommun.programme.models import Part, Session, Slot
from encommun.programme.queries.checks import Placed, Span, Warned, check
from encommun.programme.rules import day_of

MOVES = ("programme.session_placed", "programme.session_unplaced", "programme.session_put_back")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of a day's grid: a slot, and what stands in each room (None: the gap between slots)."""

    slot: Slot | None
    starts_at: datetime
    ends_at: datetime
    cells: list[tuple[Room, list[Session]]]
    local_start: str


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Everything on the team's page of the programme."""

    rooms: list[Room]
    days: list[tuple[date, list[Line]]]
    unplaced: list[Session]
    cancelled: list[Session]
    sessions: list[Session]
    warnings: list[Warned]


def rooms_of(event: Event) -> list[Room]:
    """The rooms of the event's venues, in order."""
    venues = event.event_venues.values("venue_id")
    rooms = Room.objects.filter(venue_id__in=venues).select_related("venue")
    order = dict(event.event_venues.values_list("venue_id", "position"))
    return sorted(rooms, key=lambda room: (order[room.venue_id], room.position, room.pk))


def sessions_of(event: Event) -> list[Session]:
    """Every session of the draft, with what pages show of it."""
    parts = Prefetch("parts", Part.objects.select_related("account"))
    return list(
        Session.objects.filter(event=event)
        .select_related("axis", "room__venue", "proposal")
        .prefetch_related(parts)
        .order_by("starts_at", "title", "id")
    )


def session_of(event: Event, code: str) -> Session:
    """A session of the draft.

    Raises:
        NotFound: no such session in this event.
    """
    found = Session.objects.filter(event=event, code=code).select_related("axis", "room__venue", "proposal", "event").first()
    if found is None:
        raise NotFound()
    return found


def draft_of(event: Event) -> Draft:
    """The whole draft. Six statements, whatever there is."""
    rooms, sessions, slots = rooms_of(event), sessions_of(event), list(Slot.objects.filter(event=event))
    standing = [one for one in sessions if one.state != Session.State.CANCELLED]
    placed = [one for one in standing if one.is_placed]
    return Draft(
        rooms=rooms,
        days=[(day, _lines(day, rooms, placed, slots, event)) for day in event.days],
        unplaced=[one for one in standing if not one.is_placed],
        cancelled=[one for one in sessions if one.state == Session.State.CANCELLED],
        sessions=sessions,
        warnings=_warnings(placed, slots),
    )


def warnings_of(event: Event) -> list[Warned]:
    """What is odd in the draft."""
    placed = [one for one in sessions_of(event) if one.is_placed and one.state != Session.State.CANCELLED]
    return _warnings(placed, list(Slot.objects.filter(event=event)))


def _warnings(placed: list[Session], slots: list[Slot]) -> list[Warned]:
    spans = [Span(starts_at=one.starts_at, ends_at=one.ends_at, is_break=one.kind == Slot.Kind.BREAK) for one in slots]
    return check([_row(one) for one in placed], spans)


def _row(session: Session) -> Placed:
    room, starts_at, ends_at = session.room, session.starts_at, session.ends_at
    if room is None or starts_at is None or ends_at is None:
        raise ValueError(f"{session.code} is not placed")
    parts = list(session.parts.all())
    return Placed(
        code=session.code,
        title=session.title,
        room=room.pk,
        room_name=room.name,
        venue=room.venue_id,
        starts_at=starts_at,
        ends_at=ends_at,
        is_plenary=session.is_plenary,
        people={key: part.name for part in parts if (key := _known_by(part))},
        has_note_taker=any(part.kind == Part.Kind.TAKES_NOTES for part in parts),
    )


def _known_by(part: Part) -> str:
    """Her address: the account's, else the one written down, so that both ways of naming her meet."""
    return part.account.email if part.account else part.email


def _lines(day: date, rooms: list[Room], placed: list[Session], slots: list[Slot], event: Event) -> list[Line]:
    """Slots of the day, and a line of its own for what starts outside of them."""
    today = [one for one in placed if one.starts_at and day_of(one.starts_at, event.zone) == day]
    spans: list[tuple[Slot | None, datetime, datetime]] = [
        (slot, slot.starts_at, slot.ends_at) for slot in slots if day_of(slot.starts_at, event.zone) == day
    ]
    outside = [one for one in today if one.starts_at and not any(a <= one.starts_at < b for _slot, a, b in spans)]
    spans += [(None, a, a) for a in sorted({one.starts_at for one in outside if one.starts_at})]
    return [_line(slot, a, b, rooms, today, event) for slot, a, b in sorted(spans, key=lambda span: span[1])]


def _line(slot: Slot | None, a: datetime, b: datetime, rooms: list[Room], today: list[Session], event: Event) -> Line:
    here = [one for one in today if one.starts_at and (a <= one.starts_at < b or (slot is None and one.starts_at == a))]
    cells = [(room, [one for one in here if one.room_id == room.pk]) for room in rooms]
    return Line(slot=slot, starts_at=a, ends_at=b, cells=cells, local_start=f"{a.astimezone(event.zone):%Y-%m-%dT%H:%M}")


def last_move(session: Session) -> dict[str, Any] | None:
    """Where the session was before its last move: ``{"room", "starts_at"}``, both None when it was not placed."""
    entry = Entry.objects.filter(about=reference(session), kind__in=MOVES).order_by("-id").first()
    return entry.facts["before"] if entry else None
