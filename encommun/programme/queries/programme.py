"""A published version, ready for pages and feeds: what is in the version, and the names people agreed to."""

import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils.text import slugify

from encommun.events.models import Event
from encommun.foundation.localised import Localised
from encommun.programme.models import ProgrammeVersion, PublishedPerson
from encommun.programme.rules import day_of


@dataclass(frozen=True, kw_only=True)
class Axis:
    slug: str
    title: Localised
    hue: str


@dataclass(frozen=True, kw_only=True)
class Venue:
    slug: str
    name: str
    address: str
    postcode: str
    town: str
    latitude: str
    longitude: str
    access: Localised
    url: str


@dataclass(frozen=True, kw_only=True)
class Room:
    key: str
    guid: str
    name: str
    venue: Venue
    floor: str
    capacity: int
    step_free: bool
    hearing_loop: bool

    @property
    def slug(self) -> str:
        """The room in addresses, under its venue."""
        return self.key.rpartition("/")[2]

    @property
    def full_name(self) -> str:
        """«Salle Maxi, Stereolux»."""
        return f"{self.name}, {self.venue.name}"


@dataclass(frozen=True, kw_only=True)
class Taking:
    """Somebody takes part; ``person`` is None for those who did not agree to be named."""

    person: PublishedPerson | None
    part: str


@dataclass(frozen=True, kw_only=True)
class Break:
    starts_at: datetime
    ends_at: datetime
    label: Localised
    day: date


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A session as readers see it."""

    number: int
    guid: str
    code: str
    title: str
    abstract: str
    is_cancelled: bool
    is_plenary: bool
    axis: Axis | None
    format: str
    language: str
    licence: str
    proposal: str
    room: Room | None
    starts_at: datetime | None
    ends_at: datetime | None
    day: date | None
    minutes: int
    people: list[Taking]
    sequence: int
    changed_at: datetime
    drawn: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def format_slug(self) -> str:
        """The format in addresses."""
        return slugify(self.format)

    @cached_property
    def names(self) -> list[str]:
        """Names of those who agreed, each once."""
        return list(dict.fromkeys(taking.person.name for taking in self.people if taking.person))

    @property
    def unnamed(self) -> int:
        """How many did not agree to be named."""
        return sum(taking.person is None for taking in self.people)

    @cached_property
    def searched(self) -> str:
        """What a search looks in, without accents or capitals."""
        place = [self.room.full_name] if self.room else []
        axis = list(self.axis.title.values()) if self.axis else []
        return fold(" ".join([self.title, self.abstract, self.format, *self.names, *place, *axis]))


@dataclass(frozen=True, kw_only=True)
class Programme:
    """A published version."""

    event: Event
    number: int
    published_at: datetime
    note: str
    sessions: list[Shown]
    breaks: list[Break]
    rooms: list[Room]
    venues: list[Venue]
    axes: list[Axis]
    made: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """What is made from it, made once in each process: files, parts of pages. The key names the language where it counts."""
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]

    @cached_property
    def placed(self) -> list[Shown]:
        """Sessions with a place, by time, then by room."""
        return [one for one in self.sessions if one.starts_at]

    @cached_property
    def to_be_placed(self) -> list[Shown]:
        """Confirmed sessions that have no place yet."""
        return [one for one in self.sessions if not one.starts_at and not one.is_cancelled]

    def find(self, code: str) -> Shown | None:
        """A session by its code."""
        return self.by_code.get(code)

    @cached_property
    def by_code(self) -> dict[str, Shown]:
        """Sessions by their code."""
        return {one.code: one for one in self.sessions}

    @cached_property
    def people(self) -> dict[int, PublishedPerson]:
        """Those named in it, by their number."""
        return {taking.person.number: taking.person for one in self.sessions for taking in one.people if taking.person is not None}

    def of_person(self, number: int) -> list[Shown]:
        """What somebody takes part in, by time."""
        return [one for one in self.sessions if any(taking.person and taking.person.number == number for taking in one.people)]


def fold(text: str) -> str:
    """Lower case without accents, for searches."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


#: Versions read lately: a version never changes, so only the names are asked for again.
MOST_READ = 8
_read: OrderedDict[int, tuple[object, Programme]] = OrderedDict()
_lock = threading.Lock()


def programme_of(event: Event, version: ProgrammeVersion) -> Programme:
    """A version as readers see it. One statement, for the names; its content is parsed once in each process."""
    people = {one.number: one for one in PublishedPerson.objects.filter(event=event).order_by("pk")}
    names = [(one.pk, one.guid, one.name, one.structure_name) for one in people.values()]
    facts = [getattr(event, field.attname) for field in event._meta.concrete_fields]
    known_by = (version.published_at, version.changes, names, facts)
    with _lock:
        former, programme = _read.get(version.pk, (None, None))
    if programme is None or former != known_by:
        programme = _read_content(event, version, people)
        with _lock:
            _read[version.pk] = (known_by, programme)
            _read.move_to_end(version.pk)
            while len(_read) > MOST_READ:
                _read.popitem(last=False)
    return programme


def _read_content(event: Event, version: ProgrammeVersion, people: dict[int, PublishedPerson]) -> Programme:
    content = version.content
    axes = {row["slug"]: Axis(slug=row["slug"], title=Localised(row["title"]), hue=row["hue"]) for row in content["axes"]}
    venues = {row["slug"]: Venue(**row | {"access": Localised(row["access"])}) for row in content["venues"]}
    rooms = {row["key"]: Room(**row | {"venue": venues[row["venue"]]}) for row in content["rooms"]}
    order = {key: position for position, key in enumerate(rooms)}
    sessions = [_shown(row, event, people, axes, rooms) for row in content["sessions"]]
    sessions.sort(
        key=lambda one: (
            one.starts_at is None,
            one.starts_at or version.published_at,
            order.get(one.room.key if one.room else "", 0),
            one.title,
        )
    )
    return Programme(
        event=event,
        number=version.number,
        published_at=version.published_at,
        note=version.note,
        sessions=sessions,
        breaks=[_break(row, event) for row in content["slots"] if row["kind"] == "break"],
        rooms=list(rooms.values()),
        venues=list(venues.values()),
        axes=list(axes.values()),
    )


def _moment(text: str, event: Event) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(event.zone) if text else None


def _break(row: dict[str, Any], event: Event) -> Break:
    starts_at, ends_at = (datetime.fromisoformat(row[name]).astimezone(event.zone) for name in ("starts_at", "ends_at"))
    return Break(starts_at=starts_at, ends_at=ends_at, label=Localised(row["label"]), day=day_of(starts_at, event.zone))


def _shown(
    row: dict[str, Any], event: Event, people: dict[int, PublishedPerson], axes: dict[str, Axis], rooms: dict[str, Room]
) -> Shown:
    starts_at = _moment(row["starts_at"], event)
    same = (
        "number",
        "guid",
        "code",
        "title",
        "abstract",
        "is_plenary",
        "format",
        "language",
        "licence",
        "proposal",
        "minutes",
        "sequence",
    )
    return Shown(
        **{name: row[name] for name in same},
        is_cancelled=row["state"] == "cancelled",
        axis=axes.get(row["axis"]),
        room=rooms.get(row["room"]),
        starts_at=starts_at,
        ends_at=_moment(row["ends_at"], event),
        day=day_of(starts_at, event.zone) if starts_at else None,
        people=[Taking(person=people.get(one["person"] or 0), part=one["part"]) for one in row["people"]],
        changed_at=datetime.fromisoformat(row["changed_at"]),
    )
