"""The published programme as JSON. A version never changes."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Path, Router, Schema

from encommun.events.pages import event_of
from encommun.foundation.refusals import NotFound
from encommun.programme.queries import Programme, Shown, latest_version, programme_of, version_of
from encommun.ui.api import Code, Slug, open_read, problems

router = Router(tags=["Programme"], auth=None)

Number = Annotated[int, Path(ge=1, le=2**31 - 1, description="The version's number: 1 is the first.")]


class PersonAnswer(Schema):
    name: str
    structure: str
    part: str


class SessionAnswer(Schema):
    number: int
    guid: str
    code: str
    title: str
    abstract: str
    is_cancelled: bool
    is_plenary: bool
    axis: str | None
    format: str
    language: str
    licence: str
    proposal: str
    venue: str | None
    room: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    minutes: int
    people: list[PersonAnswer]
    unnamed: int
    changed_at: datetime

    @staticmethod
    def resolve_axis(session: Shown) -> str | None:
        return session.axis.slug if session.axis else None

    @staticmethod
    def resolve_venue(session: Shown) -> str | None:
        return session.room.venue.name if session.room else None

    @staticmethod
    def resolve_room(session: Shown) -> str | None:
        return session.room.name if session.room else None

    @staticmethod
    def resolve_people(session: Shown) -> list[dict[str, str]]:
        """Those who agreed to be named; ``unnamed`` counts the others."""
        return [
            {"name": taking.person.name, "structure": taking.person.structure_name, "part": taking.part}
            for taking in session.people
            if taking.person
        ]


class ProgrammeAnswer(Schema):
    number: int
    published_at: datetime
    note: str
    sessions: list[SessionAnswer]


@router.get("/{event}/programme", response={200: ProgrammeAnswer, **problems(404, 422)}, summary="The programme")
@open_read()
def get_programme(request: HttpRequest, event: Slug) -> Programme:
    """The latest published version, by time; sessions without a place come last."""
    return _latest(request, event)


@router.get("/{event}/programme/{number}", response={200: ProgrammeAnswer, **problems(404, 422)}, summary="A version")
@open_read()
def get_version(request: HttpRequest, event: Slug, number: Number) -> Programme:
    """A version as it was published. Somebody who no longer agrees to be named is no longer named in it."""
    found = event_of(request, event)
    return programme_of(found, version_of(found, number))


@router.get("/{event}/sessions/{code}", response={200: SessionAnswer, **problems(404, 422)}, summary="A session")
@open_read()
def get_session(request: HttpRequest, event: Slug, code: Code) -> Shown:
    """A session of the latest version, by its code."""
    session = _latest(request, event).find(code)
    if session is None:
        raise NotFound()
    return session


def _latest(request: HttpRequest, event: str) -> Programme:
    found = event_of(request, event)
    version = latest_version(found)
    if version is None:
        raise NotFound()
    return programme_of(found, version)
