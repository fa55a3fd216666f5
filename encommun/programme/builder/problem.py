"""What is asked of the builder: sessions, rooms, people and times as plain data. Times are whole minutes from one origin."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

Span = tuple[int, int]
Place = tuple[int, str]  # start, room
Programme = dict[str, Place]

#: What each level of a wish weighs: far enough apart that one «matters» is not sold for a handful of «nice».
LEVELS = {"ignore": 0, "nice": 1, "matters": 20, "must": 400}
#: The soft rules, in the order in which the team reads them.
SOFT = ("clash", "axes", "rooms_per_axis", "rhythm", "room_fit", "wishes", "similar", "change", "zones")


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """A room: what it holds by layout, what it has, when it is closed, and whether it holds several things at once."""

    key: str
    name: str
    venue: str
    capacity: int
    capacities: Mapping[str, int] = field(default_factory=dict)
    has: frozenset[str] = frozenset()
    closed: tuple[Span, ...] = ()
    several: bool = False

    def capacity_for(self, layout: str) -> int:
        """How many people it holds when seats stand so."""
        return self.capacities.get(layout, self.capacity) if layout else self.capacity


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody in a role: when she can be there, when she would rather (no span: at any time), and hours that are kind to her.

    Attributes:
        good: hours that suit her where she lives; ``bearable``: those that she bears. A session outside of them costs, more at night.
    """

    key: str
    name: str
    windows: tuple[Span, ...] = ()
    rather: tuple[Span, ...] = ()
    good: tuple[Span, ...] = ()
    bearable: tuple[Span, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """Something to place.

    Attributes:
        alone: nothing happens beside it (a plenary); ``aside``: it does not count for that (a stand).
        after: the session that comes before it; ``at_once``: right after, in the same room.
        now: where the draft or the published version has it; moving it costs.
        wished: spans in which it would rather be.
    """

    key: str
    title: str
    minutes: int
    people: tuple[str, ...] = ()
    needs: frozenset[str] = frozenset()
    layout: str = ""
    expected: int = 0
    least_capacity: int = 0
    axis: str = ""
    format: str = ""
    fixed_room: str | None = None
    fixed_start: int | None = None
    alone: bool = False
    aside: bool = False
    after: str | None = None
    at_once: bool = False
    now: Place | None = None
    wished: tuple[Span, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Everything, and what each soft rule weighs (one of ``LEVELS``)."""

    sessions: tuple[Session, ...]
    rooms: tuple[Room, ...]
    people: tuple[Person, ...]
    spans: tuple[Span, ...]
    step: int = 15
    travel: Mapping[tuple[str, str], int] = field(default_factory=dict)  # between venues, both ways
    interest: Mapping[tuple[str, str], int] = field(default_factory=dict)  # pairs of sessions -> people who want both
    similar: Mapping[tuple[str, str], int] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)

    def weight(self, rule: str) -> int:
        """What a soft rule weighs."""
        return LEVELS[self.levels.get(rule, "nice")]

    def session(self, key: str) -> Session:
        """A session by its key."""
        return self._by_key[key]

    def room(self, key: str) -> Room:
        """A room by its key."""
        return self._rooms[key]

    def person(self, key: str) -> Person:
        """A person by her key."""
        return self._people[key]

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {one.key: one for one in self.sessions})
        object.__setattr__(self, "_rooms", {one.key: one for one in self.rooms})
        object.__setattr__(self, "_people", {one.key: one for one in self.people})

    _by_key: dict[str, Session] = field(init=False, repr=False, compare=False)
    _rooms: dict[str, Room] = field(init=False, repr=False, compare=False)
    _people: dict[str, Person] = field(init=False, repr=False, compare=False)

    def minutes_between(self, venue: str, other: str) -> int:
        """How long it takes from one venue to another."""
        return 0 if venue == other else self.travel.get((venue, other), self.travel.get((other, venue), 0))

    def starts(self, minutes: int) -> Iterator[int]:
        """Every start at which something of this length stands whole in a span of sessions."""
        for begin, end in self.spans:
            yield from range(begin, end - minutes + 1, self.step)


@dataclass(frozen=True, order=True, slots=True)
class Wish:
    """A rule that somebody asked for and may drop: its kind, whose it is, and a detail (an equipment, a person)."""

    kind: str  # available, needs, capacity, fixed_room, fixed_time, order, alone, closed
    key: str
    detail: str = ""


def within(start: int, minutes: int, spans: tuple[Span, ...]) -> bool:
    """Whether something stands whole in one of these spans; without spans, always."""
    return not spans or any(a <= start and start + minutes <= b for a, b in spans)


def why_not_at(problem: Problem, session: Session, start: int) -> Iterator[Wish]:
    """The wishes that keep a session from beginning then."""
    if session.fixed_start is not None and start != session.fixed_start:
        yield Wish("fixed_time", session.key)
    for key in session.people:
        if not within(start, session.minutes, problem.person(key).windows):
            yield Wish("available", key)


def why_not_in(session: Session, room: Room) -> Iterator[Wish]:
    """The wishes that keep a session out of a room."""
    if session.fixed_room is not None and room.key != session.fixed_room:
        yield Wish("fixed_room", session.key)
    for need in sorted(session.needs - room.has):
        yield Wish("needs", session.key, need)
    if session.least_capacity > room.capacity_for(session.layout):
        yield Wish("capacity", session.key)
    if session.layout and room.capacity_for(session.layout) <= 0:
        yield Wish("needs", session.key, session.layout)
