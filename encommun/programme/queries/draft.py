"""The draft, as the team sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from encommun.deliberation.queries import interest_counts
from encommun.events.models import Event
from encommun.foundation.refusals import NotFound
from encommun.places.models import Closure, Room, Walk
from encommun.programme.models import Part, Session, Slot
from encommun.programme.queries.checks import Placed, Span, Warned, check
from encommun.programme.queries.fitting import lacks, public_of
from encommun.programme.rules import day_of


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
    slots: list[Slot]
    closures: dict[int, list[Closure]]
    interest: dict[str, int]
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
        .select_related("axis", "room__venue", "proposal", "continues", "became")
        .prefetch_related(parts, "united")
        .order_by("starts_at", "title", "id")
    )


def session_of(event: Event, code: str) -> Session:
    """A session of the draft.

    Raises:
        NotFound: no such session in this event.
    """
    found = (
        Session.objects.filter(event=event, code=code)
        .select_related("axis", "room__venue", "proposal", "event", "continues", "became")
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def draft_of(event: Event) -> Draft:
    """The whole draft. Twelve statements, whatever there is."""
    rooms, sessions, slots = rooms_of(event), sessions_of(event), list(Slot.objects.filter(event=event))
    standing = [one for one in sessions if one.state != Session.State.CANCELLED]
    placed = [one for one in standing if one.is_placed]
    interest = interest_counts(event, "proposal")
    closures = closures_of(rooms)
    return Draft(
        rooms=rooms,
        days=[(day, _lines(day, rooms, placed, slots, event)) for day in event.days],
        unplaced=[one for one in standing if not one.is_placed],
        cancelled=[one for one in sessions if one.state == Session.State.CANCELLED],
        sessions=sessions,
        slots=slots,
        closures=closures,
        interest=interest,
        warnings=_warnings(placed, slots, closures, walks_of(event), interest),
    )


def warnings_of(event: Event) -> list[Warned]:
    """What is odd in the draft. Nine statements."""
    placed = [one for one in sessions_of(event) if one.is_placed and one.state != Session.State.CANCELLED]
    closures = closures_of([one.room for one in placed if one.room])
    slots = list(Slot.objects.filter(event=event))
    return _warnings(placed, slots, closures, walks_of(event), interest_counts(event, "proposal"))


def closures_of(rooms: Iterable[Room]) -> dict[int, list[Closure]]:
    """When rooms cannot be used, by room."""
    found: dict[int, list[Closure]] = {}
    for one in Closure.objects.filter(room__in={room.pk for room in rooms}):
        found.setdefault(one.room_id, []).append(one)
    return found


def walks_of(event: Event) -> dict[tuple[int, int], int]:
    """Minutes from one venue of the event to another, in both orders."""
    venues = event.event_venues.values("venue_id")
    found: dict[tuple[int, int], int] = {}
    for one in Walk.objects.filter(one__in=venues, other__in=venues):
        found[one.one_id, one.other_id] = found[one.other_id, one.one_id] = one.minutes
    return found


def _warnings(
    placed: list[Session],
    slots: list[Slot],
    closures: dict[int, list[Closure]],
    walks: dict[tuple[int, int], int],
    interest: dict[str, int],
) -> list[Warned]:
    spans = [Span(starts_at=one.starts_at, ends_at=one.ends_at, is_break=one.kind == Slot.Kind.BREAK) for one in slots]
    return check([_row(one, closures, interest) for one in placed], spans, walks)


def _row(session: Session, closures: dict[int, list[Closure]], interest: dict[str, int]) -> Placed:
    room, starts_at, ends_at = session.room, session.starts_at, session.ends_at
    if room is None or starts_at is None or ends_at is None:
        raise ValueError(f"{session.code} is not placed")
    parts = [(key, part) for part in session.parts.all() if (key := _known_by(part))]
    public = public_of(session, interest)
    return Placed(
        code=session.code,
        title=session.title,
        room=room.pk,
        room_name=room.name,
        venue=room.venue_id,
        starts_at=starts_at,
        ends_at=ends_at,
        is_plenary=session.is_plenary,
        people={key: part.name for key, part in parts},
        has_note_taker=any(part.kind == Part.Kind.TAKES_NOTES for part in session.parts.all()),
        kind=session.kind,
        spans={key: part.spans for key, part in parts if part.available},
        wishes={key: part.wished_spans for key, part in parts if part.wished}
        | ({"": session.wished_spans} if session.wished else {}),
        zones={key: ZoneInfo(part.zone) for key, part in parts if part.zone},
        lacks=tuple(lacks(session, room, public)),
        public=public,
        capacity=room.capacity_for(session.layout),
        shares=room.holds_several or session.kind == Session.Kind.STAND,
        closed=tuple((one.starts_at, one.ends_at) for one in closures.get(room.pk, ())),
        continues=session.continues.code if session.continues else "",
        at_once=session.continues_at_once,
        language=session.language,
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
