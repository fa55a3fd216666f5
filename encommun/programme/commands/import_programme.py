"""Bring a programme from elsewhere into the draft. Done twice with the same file, it does nothing more."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from encommun.events.models import Axis, Event, EventVenue
from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line, clean_text
from encommun.journal.commands import record
from encommun.places.models import Room, Venue
from encommun.programme.imports import Found, Item, Problem
from encommun.programme.models import ImportedSession, Part, ProgrammeFile, ProgrammeVersion, Session
from encommun.programme.refusals import DatesFixed, NothingToImport
from encommun.programme.rules import day_of, may_compose

HUES = ("first", "second", "third")
MOST_DAYS = 60
#: Where sessions stand that have a time and no room in the file, so that their time is not lost.
NO_ROOM = "Salle à préciser"
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class ImportWish:
    """How a file is to be brought in.

    Attributes:
        as_proposals: as proposals of the call (``import_proposals``) rather than sessions of the draft.
        venue: slug of the venue for rooms that we do not have; empty for a new one called ``venue_name``.
        takes_dates: whether the days of the gathering become those of the file.
    """

    is_confirmed: bool = True
    as_proposals: bool = False
    names_are_public: bool = False
    makes_axes: bool = True
    takes_dates: bool = False
    venue: str = ""
    venue_name: str = ""


@dataclass(kw_only=True)
class Imported:
    """What an import does, or did: codes of sessions by what happened to them, and what is to be looked at."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    axes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@transaction.atomic
def import_programme(event: Event, found: Found, wish: ImportWish, *, actor: Actor, at: datetime) -> Imported:
    """Make and change sessions of the draft, with the rooms and axes that they need. Nothing is published.

    Raises:
        NotAllowed: the actor does not compose the programme.
        NothingToImport: the file holds no session.
        DatesFixed: the dates are asked for and something is published or placed already.
    """
    require(may_compose(actor, event))
    Event.objects.select_for_update().filter(pk=event.pk).first()  # two imports of one file do not make it twice
    if not found.items:
        raise NothingToImport()
    if wish.takes_dates:
        _take_dates(event, found)
    return _Import(event, found, wish, actor, at).run()


def _take_dates(event: Event, found: Found) -> None:
    if not found.days:
        return
    first, last = found.days[0], found.days[-1]
    if (first, last) == (event.starts_on, event.ends_on):
        return
    placed = Session.objects.filter(event=event, starts_at__isnull=False).exists()
    if placed or ProgrammeVersion.objects.filter(event=event).exists() or (last - first).days > MOST_DAYS:
        raise DatesFixed()
    event.starts_on, event.ends_on, event.timezone = first, last, str(found.zone)
    event.save(update_fields=["starts_on", "ends_on", "timezone"])


class _Import:
    """One import: what is known is read once, what is new is written at once."""

    def __init__(self, event: Event, found: Found, wish: ImportWish, actor: Actor, at: datetime) -> None:
        self.event, self.found, self.wish, self.actor, self.at = event, found, wish, actor, at
        self.done = Imported(problems=list(found.problems))

    def run(self) -> Imported:
        known = {one.key: one for one in ImportedSession.objects.filter(event=self.event).select_related("session")}
        drafts = {str(one.guid): one for one in Session.objects.filter(event=self.event)}
        guids = [UUID(item.guid) for item in self.found.items if item.guid]
        used = {str(guid) for guid in Session.objects.filter(guid__in=guids).values_list("guid", flat=True)}
        rooms = self._rooms()
        axes, self.done.axes = axes_of_file(self.event, self.found, self.wish)
        made: list[tuple[Session, Item]] = []
        changed: list[tuple[Session, Item]] = []
        notes: list[ImportedSession] = []
        for item in self.found.items:
            digest = hashlib.sha256(json.dumps(asdict(item) | {"where": ""}, default=str, sort_keys=True).encode()).hexdigest()
            before = [known[key] for key in item.keys if key in known]
            session = before[0].session if before else drafts.get(item.guid)
            if session is None:
                session = Session(event=self.event, created_at=self.at)
                if item.guid and item.guid not in used:
                    session.guid = UUID(item.guid)
                    used.add(item.guid)
                session.state = Session.State.CONFIRMED if self.wish.is_confirmed else Session.State.BUILDING
                made.append((session, item))
            elif before and before[0].digest == digest:
                self.done.same.append(session.code)
                continue
            else:
                changed.append((session, item))
            self._write(session, item, rooms, axes)
            for row in before:
                row.digest = digest
            ImportedSession.objects.bulk_update(before, ["digest"])
            notes += [
                ImportedSession(event=self.event, session=session, key=key, digest=digest) for key in item.keys if key not in known
            ]
        self._save(made, changed)
        ImportedSession.objects.bulk_create(notes)
        self.done.new = [session.code for session, _item in made]
        self.done.changed = [session.code for session, _item in changed]
        record(
            "programme.imported",
            actor=self.actor,
            at=self.at,
            event_id=self.event.pk,
            about=self.event,
            public=self.wish.takes_dates,
            file=self.found.kind,
            new=len(self.done.new),
            changed=len(self.done.changed),
            same=len(self.done.same),
            left_out=sum(one.is_left_out for one in self.done.problems),
        )
        return self.done

    def _write(self, session: Session, item: Item, rooms: dict[str, Room], axes: dict[str, Axis]) -> None:
        session.title, session.abstract = clean_line(item.title) or "—", clean_text(item.abstract)[:6000]
        session.format_name = clean_line(item.format)
        session.language = item.language or session.language or "fr"
        session.minutes = item.minutes
        session.axis = axes.get(item.track.casefold()) or session.axis
        if item.is_cancelled:
            session.state = Session.State.CANCELLED
        room = rooms.get((item.room or NO_ROOM).casefold())
        if item.starts_at is None:
            session.starts_at, session.room = None, None
        elif day_of(item.starts_at, self.event.zone) not in self.event.days:
            self.done.problems.append(Problem(where=item.where, code="outside_days", facts={"title": session.title[:60]}))
            session.starts_at, session.room = None, None
        else:
            session.starts_at, session.room = item.starts_at, room
            if not item.room:
                self.done.problems.append(Problem(where=item.where, code="no_room", facts={"title": session.title[:60]}))

    def _save(self, made: list[tuple[Session, Item]], changed: list[tuple[Session, Item]]) -> None:
        codes: set[str] = set()
        while len(codes) < len(made):
            codes |= {new_code() for _n in range(len(made) - len(codes))}
            codes -= set(Session.objects.filter(code__in=codes).values_list("code", flat=True))
        for (session, _item), code in zip(made, sorted(codes), strict=True):
            session.code = code
        Session.objects.bulk_create([session for session, _item in made], batch_size=200)
        fields = ["title", "abstract", "format_name", "language", "minutes", "axis", "state", "starts_at", "room"]
        Session.objects.bulk_update([session for session, _item in changed], fields, batch_size=100)
        parts: list[Part] = []
        for session, item in changed:
            kept = {part.name.casefold(): part for part in session.parts.all()}
            if list(kept) != [one.name.casefold() for one in item.people]:
                stay = [part.pk for key, part in kept.items() if key in self._names(item) or part.email or part.account_id]
                session.parts.exclude(pk__in=stay).delete()
                parts += self._parts(session, item, set(kept))
        for session, item in made:
            parts += self._parts(session, item, set())
        Part.objects.bulk_create(parts, batch_size=500)

    @staticmethod
    def _names(item: Item) -> set[str]:
        return {one.name.casefold() for one in item.people}

    def _parts(self, session: Session, item: Item, but: set[str]) -> list[Part]:
        return [
            Part(
                session=session,
                name=clean_line(one.name)[:120],
                kind=one.part,
                name_is_public=self.wish.names_are_public,
                position=position,
            )
            for position, one in enumerate(item.people)
            if one.name.casefold() not in but and clean_line(one.name)
        ]

    def _rooms(self) -> dict[str, Room]:
        """Rooms by the names that the file uses; those that we do not have are made."""
        known: dict[str, Room] = {}
        position = 0
        for room in Room.objects.filter(venue__events=self.event).select_related("venue"):
            known.setdefault(room.name.casefold(), room)
            known[f"{room.name}, {room.venue.name}".casefold()] = room
            position = max(position, room.position + 1)
        named = [*self.found.rooms, *(NO_ROOM for item in self.found.items if item.starts_at and not item.room)]
        for name in self.found.rooms:  # «Salle Micro, Stereolux, 4 boulevard Léon-Bureau …»: a calendar gives the address too
            full_name = ", ".join(name.split(", ")[:2]).casefold()
            if name.casefold() not in known and full_name in known:
                known[name.casefold()] = known[full_name]
        missing = [name for name in dict.fromkeys(named) if name and name.casefold() not in known]
        if not missing:
            return known
        venue = self._venue()
        slugs = set(Room.objects.filter(venue=venue).values_list("slug", flat=True))
        for name in missing:
            if name.casefold() in known:
                continue
            slug = _free(slugify(name)[:50] or "salle", slugs)
            room = Room.objects.create(
                venue=venue, slug=slug, name=clean_line(name)[:100], capacity=self.found.rooms.get(name) or 0, position=position
            )
            position += 1
            known[name.casefold()] = room
            self.done.rooms.append(room.name)
        return known

    def _venue(self) -> Venue:
        chosen = self.event.venues.filter(slug=self.wish.venue).first() if self.wish.venue else None
        if chosen is not None:
            return chosen
        name = clean_line(self.wish.venue_name)[:150] or self.event.town or self.event.name
        former = self.event.venues.filter(name=name).first()
        if former is not None:
            return former
        slug = _free(slugify(name)[:50] or "lieu", set(Venue.objects.values_list("slug", flat=True)))
        venue = Venue.objects.create(slug=slug, name=name, address="", postcode="", town=self.event.town)
        EventVenue.objects.create(event=self.event, venue=venue, position=self.event.event_venues.count())
        return venue


def axes_of_file(event: Event, found: Found, wish: ImportWish) -> tuple[dict[str, Axis], list[str]]:
    """Axes by the names that the file uses; those that we do not have are made, if that is wished: their names."""
    known: dict[str, Axis] = {}
    position, slugs, made = 0, set(), []
    for axis in event.axes.all():
        known |= {text.casefold(): axis for text in axis.title.values() if text}
        position = max(position, axis.position + 1)
        slugs.add(axis.slug)
    for name in dict.fromkeys(item.track for item in found.items if item.track) if wish.makes_axes else ():
        if name.casefold() in known:
            continue
        slug = _free(slugify(name)[:50] or "axe", slugs)
        title = {"fr": clean_line(name)}
        known[name.casefold()] = Axis.objects.create(
            event=event, slug=slug, title=title, position=position, hue=HUES[position % len(HUES)]
        )
        made.append(name)
        position += 1
    return known, made


def _free(slug: str, taken: set[str]) -> str:
    """A short name that nobody has; it is taken now."""
    free, n = slug, 2
    while free in taken:
        free, n = f"{slug}-{n}", n + 1
    taken.add(free)
    return free


def preview_import(event: Event, found: Found, wish: ImportWish, *, actor: Actor, at: datetime) -> Imported:
    """What ``import_programme`` would do; nothing is kept.

    Raises:
        NotAllowed, NothingToImport, DatesFixed: as when it is done.
    """
    with transaction.atomic():
        dates = event.starts_on, event.ends_on, event.timezone
        try:
            return import_programme(event, found, wish, actor=actor, at=at)
        finally:
            event.starts_on, event.ends_on, event.timezone = dates
            transaction.set_rollback(True)


@transaction.atomic
def keep_file(event: Event, *, file_name: str, body: bytes, actor: Actor, at: datetime) -> ProgrammeFile:
    """Keep a file between its preview and its import.

    Raises:
        NotAllowed: the actor does not compose the programme.
    """
    require(may_compose(actor, event))
    kept = ProgrammeFile.objects.create(event=event, file_name=clean_line(file_name)[:200] or "—", body=body, given_at=at)
    record("programme.file_given", actor=actor, at=at, event_id=event.pk, about=kept, bytes=len(body))
    return kept


def forget_files(*, at: datetime) -> None:
    """Files that nobody imported within a day go."""
    ProgrammeFile.objects.filter(given_at__lt=at - FORGOTTEN_AFTER).delete()
