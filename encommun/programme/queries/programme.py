"""A published version, ready for pages and feeds: what is in the version, and the names people agreed to."""

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
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

    @property
    def format_slug(self) -> str:
        """The format in addresses."""
        return slugify(self.format)

    @property
    def names(self) -> list[str]:
        """Names of those who agreed, each once."""
        return list(dict.fromkeys(taking.person.name for taking in self.people if taking.person))

    @property
    def unnamed(self) -> int:
        """How many did not agree to be named."""
        return sum(taking.person is None for taking in self.people)

    @property
    def searched(self) -> str:
        """What a search looks in, without accents or capitals."""
        return fold(" ".join([self.title, self.abstract, self.format, *self.names]))


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

    @property
    def placed(self) -> list[Shown]:
        """Sessions with a place, by time, then by room."""
        return [one for one in self.sessions if one.starts_at]

    @property
    def to_be_placed(self) -> list[Shown]:
        """Confirmed sessions that have no place yet."""
        return [one for one in self.sessions if not one.starts_at and not one.is_cancelled]

    def find(self, code: str) -> Shown | None:
        """A session by its code."""
        return next((one for one in self.sessions if one.code == code), None)


def fold(text: str) -> str:
    """Lower case without accents, for searches."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def programme_of(event: Event, version: ProgrammeVersion) -> Programme:
    """A version as readers see it. One statement, for the names."""
    content = version.content
    people = {one.number: one for one in PublishedPerson.objects.filter(event=event)}
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
