"""A gathering's draft as a problem for the builder, and its answer as moves."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from encommun.call.topics import KIND
from encommun.deliberation.queries import interest_counts, interest_pairs
from encommun.events.models import Event
from encommun.places.models import Closure, Room, Walk
from encommun.programme import builder
from encommun.programme.models import Building, Part, Session, Slot
from encommun.programme.queries.content import room_key
from encommun.programme.queries.draft import rooms_of, sessions_of
from encommun.programme.queries.published import latest_version

#: Starts fall on the widest of these that divides every length.
STEPS = (30, 15, 10, 5)
#: Where somebody speaks from: from eight to eight is kind, from half past six to half past ten is borne.
GOOD, BEARABLE = (time(8), time(20)), (time(6, 30), time(22, 30))
STEP_FREE, LOOP, QUIET = "step_free", "hearing_loop", "quiet"


@dataclass(frozen=True, kw_only=True)
class Site:
    """A gathering as the builder sees it, and what its keys stand for. ``people`` are names, for pages only."""

    problem: builder.Problem
    event: Event
    origin: datetime
    sessions: dict[str, Session]
    rooms: dict[str, Room]
    people: dict[str, str]
    zones: dict[str, ZoneInfo]  # of those who speak from afar

    def moment(self, minutes: int) -> datetime:
        """A moment of the gathering."""
        return self.origin + timedelta(minutes=minutes)

    def minutes(self, moment: datetime) -> int:
        """A moment as the builder counts it."""
        return minutes_since(self.origin, moment)

    def written(self, programme: builder.Programme) -> dict[str, list[object]]:
        """A programme as a ``Building`` keeps it."""
        return {key: [self.moment(start).isoformat(), int(room)] for key, (start, room) in programme.items()}

    def read(self, best: dict[str, list[object]]) -> builder.Programme:
        """A kept programme, without what is no longer there."""
        return {
            key: (self.minutes(datetime.fromisoformat(str(start))), str(room))
            for key, (start, room) in best.items()
            if key in self.sessions and str(room) in self.rooms
        }


def minutes_since(origin: datetime, moment: datetime) -> int:
    """Whole minutes, whatever clocks do in between."""
    return round((moment.astimezone(UTC) - origin).total_seconds() / 60)


def site_of(event: Event, levels: dict[str, str], mode: str) -> Site:
    """The draft as a problem. A dozen statements, whatever there is."""
    origin = datetime.combine(event.days[0], time(0), tzinfo=event.zone).astimezone(UTC)
    rooms = rooms_of(event)
    standing = [one for one in sessions_of(event) if one.state != Session.State.CANCELLED]
    sessions = [one for one in standing if one.kind != Session.Kind.BREAK or one.is_placed]
    slots = list(Slot.objects.filter(event=event, kind=Slot.Kind.SESSIONS))
    spans = tuple((minutes_since(origin, one.starts_at), minutes_since(origin, one.ends_at)) for one in slots)
    people, names, zones = _people(event, sessions, origin)
    published = _published(event, rooms, origin)
    counts = interest_counts(event, KIND)
    levels = dict(levels)
    levels["change"] = "matters" if mode == Building.Mode.KEEP else "ignore"
    problem = builder.Problem(
        sessions=tuple(_session(one, sessions, people, published, counts, origin) for one in sessions),
        rooms=_rooms(rooms, origin),
        people=tuple(people.values()),
        spans=spans,
        step=_step([b - a for a, b in spans] + [one.minutes for one in sessions]),
        travel=_travel(rooms),
        interest=_interest(event, sessions),
        similar=_similar(sessions),
        levels=levels,
    )
    return Site(
        problem=problem,
        event=event,
        origin=origin,
        sessions={one.code: one for one in sessions},
        rooms={str(one.pk): one for one in rooms},
        people=names,
        zones=zones,
    )


def _step(lengths: list[int]) -> int:
    return next((step for step in STEPS if all(length % step == 0 for length in lengths)), 5)


def known_by(part: Part) -> str:
    """One key for each person, however she was written down. It never leaves this process."""
    email = part.account.email if part.account else part.email
    return email.casefold() if email else f"name {part.name.casefold()}"


def _people(
    event: Event, sessions: list[Session], origin: datetime
) -> tuple[dict[str, builder.Person], dict[str, str], dict[str, ZoneInfo]]:
    """Who takes part, when she can and would like to, and where she speaks from. Her key is the number of her first part, so that nothing kept holds an address."""
    parts: dict[str, list[Part]] = defaultdict(list)
    for session in sessions:
        for part in session.parts.all():
            parts[known_by(part)].append(part)
    people, names, zones = {}, {}, {}
    for known, hers in parts.items():
        first = min(hers, key=lambda part: part.pk)
        key, zone = str(first.pk), next((part.zone for part in hers if part.zone), "")
        if zone:
            zones[key] = ZoneInfo(zone)
        people[known] = builder.Person(
            key=key,
            name=first.name,
            windows=_minutes(origin, next((part.spans for part in hers if part.available), [])),
            rather=_minutes(origin, next((part.wished_spans for part in hers if part.wished), [])),
            good=_hours_at(event, origin, zones[key], *GOOD) if zone else (),
            bearable=_hours_at(event, origin, zones[key], *BEARABLE) if zone else (),
        )
        names[key] = first.name
    return people, names, zones


def _minutes(origin: datetime, spans: Iterable[tuple[datetime, datetime]]) -> tuple[tuple[int, int], ...]:
    return tuple((minutes_since(origin, a), minutes_since(origin, b)) for a, b in spans)


def _hours_at(event: Event, origin: datetime, zone: ZoneInfo, begins: time, ends: time) -> tuple[tuple[int, int], ...]:
    """These hours of each day somewhere else, while the gathering lasts."""
    first, last = event.days[0] - timedelta(days=1), event.days[-1] + timedelta(days=1)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return _minutes(
        origin, [(datetime.combine(day, begins, tzinfo=zone), datetime.combine(day, ends, tzinfo=zone)) for day in days]
    )


def _session(
    session: Session,
    sessions: list[Session],
    people: dict[str, builder.Person],
    published: dict[str, builder.problem.Place],
    counts: dict[str, int],
    origin: datetime,
) -> builder.Session:
    now: builder.problem.Place | None = None
    start: int | None = None
    if session.starts_at is not None:
        start = minutes_since(origin, session.starts_at)
        if session.room_id is not None:
            now = (start, str(session.room_id))
    is_break = session.kind == Session.Kind.BREAK
    fixed_room = str(session.room_id) if session.room_id and (session.room_is_fixed or is_break) else None
    needs = {str(one) for one in session.equipment}
    for wanted, name in ((session.needs_step_free, STEP_FREE), (session.needs_hearing_loop, LOOP), (session.needs_quiet, QUIET)):
        if wanted:
            needs.add(name)
    before = next((one for one in sessions if one.pk == session.continues_id), None)
    expected = session.expected or (counts.get(session.proposal.code, 0) if session.proposal else 0)
    return builder.Session(
        key=session.code,
        title=session.title,
        minutes=session.minutes,
        people=tuple(dict.fromkeys(people[known_by(part)].key for part in session.parts.all())),
        needs=frozenset(needs),
        layout=session.layout,
        expected=expected,
        least_capacity=session.expected or 0,
        axis=session.axis.slug if session.axis and session.kind == Session.Kind.SESSION else "",
        format=session.format_name if session.kind == Session.Kind.SESSION else "",
        fixed_room=fixed_room,
        fixed_start=start if session.time_is_fixed or is_break else None,
        alone=session.is_plenary,
        aside=session.kind == Session.Kind.STAND,
        after=before.code if before else None,
        at_once=session.continues_at_once,
        now=published.get(session.code, now),
        wished=_minutes(origin, session.wished_spans),
    )


def _rooms(rooms: list[Room], origin: datetime) -> tuple[builder.Room, ...]:
    closed: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for one in Closure.objects.filter(room__in=rooms):
        closed[one.room_id].append((minutes_since(origin, one.starts_at), minutes_since(origin, one.ends_at)))
    made = []
    for room in rooms:
        has = {str(one) for one in room.equipment}
        for there, name in ((room.step_free, STEP_FREE), (room.hearing_loop, LOOP), (room.quiet, QUIET)):
            if there:
                has.add(name)
        made.append(
            builder.Room(
                key=str(room.pk),
                name=room.name,
                venue=str(room.venue_id),
                capacity=room.capacity,
                capacities={layout: int(many) for layout, many in room.capacities.items() if many is not None},
                has=frozenset(has),
                closed=tuple(closed[room.pk]),
                several=room.holds_several,
            )
        )
    return tuple(made)


def _travel(rooms: list[Room]) -> dict[tuple[str, str], int]:
    """Minutes between the gathering's venues: a quarter of an hour where nobody said."""
    venues = sorted({room.venue_id for room in rooms})
    said = {(one.one_id, one.other_id): one.minutes for one in Walk.objects.filter(one__in=venues, other__in=venues)}
    return {(str(a), str(b)): said.get((a, b), 15) for a, b in combinations(venues, 2)}


def _published(event: Event, rooms: list[Room], origin: datetime) -> dict[str, builder.problem.Place]:
    version = latest_version(event)
    keys = {room_key(room): str(room.pk) for room in rooms}
    return {
        one["code"]: (minutes_since(origin, datetime.fromisoformat(one["starts_at"])), keys[one["room"]])
        for one in (version.content["sessions"] if version else ())
        if one.get("starts_at") and one.get("room") in keys
    }


def _interest(event: Event, sessions: list[Session]) -> dict[tuple[str, str], int]:
    """Pairs of sessions that the same people want; pairs wanted by one person alone say nothing."""
    of_proposal = {one.proposal.code: one.code for one in sessions if one.proposal}
    return {
        (of_proposal[a], of_proposal[b]): many
        for (a, b), many in interest_pairs(event, KIND).items()
        if many > 1 and a in of_proposal and b in of_proposal
    }


def _similar(sessions: list[Session]) -> dict[tuple[str, str], int]:
    """Pairs of sessions whose titles share several long words."""
    words = {one.code: {word for word in one.title.casefold().split() if len(word) > 5} for one in sessions}
    return {(a, b): 1 for a, b in combinations(sorted(words), 2) if len(words[a] & words[b]) > 1}


def latest_building(event: Event) -> Building | None:
    """The last search asked for."""
    return Building.objects.filter(event=event).first()


@dataclass(frozen=True, kw_only=True)
class Moving:
    """One session that would move: from where to where (None: nowhere)."""

    session: Session
    room: Room | None
    starts_at: datetime | None

    @property
    def is_new(self) -> bool:
        """Whether it had no place."""
        return not self.session.is_placed


def moves_of(site: Site, building: Building) -> list[Moving]:
    """What accepting would move, in the order of the programme, sessions that find no place last."""
    moving = []
    for code, session in site.sessions.items():
        place = building.best.get(code)
        if place is None:
            if session.is_placed:
                moving.append(Moving(session=session, room=None, starts_at=None))
            continue
        room, starts_at = site.rooms.get(str(place[1])), datetime.fromisoformat(str(place[0]))
        if room is not None and (session.room_id != room.pk or session.starts_at != starts_at):
            moving.append(Moving(session=session, room=room, starts_at=starts_at))
    return sorted(moving, key=lambda one: (one.starts_at is None, one.starts_at or site.origin, one.session.title))


def breaches_now(site: Site, building: Building) -> list[builder.Breach]:
    """The hard rules that the kept programme breaks in the draft as it is now, sessions left out apart."""
    return [one for one in builder.breaches(site.problem, site.read(building.best)) if one.kind != "unplaced"]
