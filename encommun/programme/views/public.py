"""The published programme, a session, a person, and the versions."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.events.pages import event_of, render
from encommun.foundation.refusals import NotFound
from encommun.programme.models import ProgrammeVersion
from encommun.programme.queries import (
    changes_by_session,
    choose,
    differences,
    latest_version,
    programme_of,
    resources_of,
    timetable,
    version_of,
    versions_of,
)
from encommun.programme.queries.open_space import open_space_of
from encommun.programme.queries.places import places_of
from encommun.programme.queries.programme import Programme, Shown
from encommun.programme.structured import of_programme, of_session
from encommun.programme.words import of_change
from encommun.ui.public_pages import public_page

CHOICES = ("jour", "axe", "lieu", "salle", "format", "langue", "acces", "q", "vue")


@public_page(*CHOICES)
def programme(request: HttpRequest, event: str) -> HttpResponse:
    """The programme by day, with what the address chooses."""
    found = event_of(request, event)
    version = latest_version(found)
    if version is None:
        return render(request, "programme/none_yet.html")
    whole = programme_of(found, version)
    chosen = choose(whole, request.GET)
    with_breaks = not chosen.is_narrowed or not any(chosen.values[name] for name in ("axe", "format", "langue", "salle"))
    as_list = request.GET.get("vue") == "liste"
    context = {
        "programme": whole,
        "chosen": chosen,
        "as_list": as_list,
        "days": timetable(whole, chosen.sessions, with_breaks=with_breaks, as_list=as_list),
        "to_be_placed": [one for one in chosen.sessions if not one.starts_at and not one.is_cancelled],
        "structured": whole.once("structured", lambda: of_programme(whole)) if not chosen.is_narrowed else None,
    }
    return render(request, "programme/programme.html", context)


@public_page()
def session(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """One session. Its address lives on when it is cancelled."""
    found = event_of(request, event)
    version = latest_version(found)
    whole = programme_of(found, version) if version else None
    shown = whole.find(code) if whole else None
    if whole is None or shown is None:
        raise NotFound()
    before, after = _beside(whole, shown)
    context = {
        "programme": whole,
        "session": shown,
        "before": before,
        "after": after,
        "structured": of_session(whole, shown),
        "resources": resources_of(found, code),
        "slot": open_space_of(found, code),
        "history": [
            (version, of_change(change, found.zone))
            for version, change in whole.once("changes", lambda: changes_by_session(found)).get(code, ())
        ],
    }
    return render(request, "programme/session.html", context)


def _beside(whole: Programme, shown: Shown) -> tuple[Shown | None, Shown | None]:
    """The sessions before and after it in the same room, on the same day."""
    if shown.room is None:
        return None, None
    here = [
        one for one in whole.placed if one.room == shown.room and one.day == shown.day and (not one.is_cancelled or one is shown)
    ]
    at = here.index(shown)
    return (here[at - 1] if at else None), (here[at + 1] if at + 1 < len(here) else None)


@public_page()
def person(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """Somebody who agreed to be named, and what she takes part in."""
    found = event_of(request, event)
    version = latest_version(found)
    whole = programme_of(found, version) if version else None
    shown = whole.people.get(number) if whole else None
    if whole is None or shown is None:
        raise NotFound()
    return render(request, "programme/person.html", {"programme": whole, "person": shown, "sessions": whole.of_person(number)})


@public_page()
def places(request: HttpRequest, event: str) -> HttpResponse:
    """The venues and their rooms: how to get there, how to get in, what is there."""
    found = event_of(request, event)
    return render(request, "programme/places.html", {"places": places_of(found)})


@public_page()
def versions(request: HttpRequest, event: str) -> HttpResponse:
    """Every version with its changes."""
    found = event_of(request, event)
    listed = [(one, _said(one, found)) for one in versions_of(found)]
    return render(request, "programme/versions.html", {"versions": listed})


@public_page()
def version(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """A version as it was, with its changes."""
    found = event_of(request, event)
    one = version_of(found, number)
    whole = programme_of(found, one)
    days = timetable(whole, whole.sessions, with_breaks=True)
    context = {"programme": whole, "changes": _said(one, found), "days": days, "to_be_placed": whole.to_be_placed}
    return render(request, "programme/version.html", context)


@public_page()
def between(request: HttpRequest, event: str, former: int, number: int) -> HttpResponse:
    """What changes from any version to any other, in words."""
    found = event_of(request, event)
    one, other, changes = _between(found, former, number)
    said = [(change, of_change(change, found.zone)) for change in changes]
    listed = [version.number for version in versions_of(found)]
    return render(request, "programme/between.html", {"former": one, "version": other, "changes": said, "numbers": listed})


@public_page()
def between_as_data(request: HttpRequest, event: str, former: int, number: int) -> HttpResponse:
    """The same as data, with the sentences."""
    found = event_of(request, event)
    _one, _other, changes = _between(found, former, number)
    answer = JsonResponse(
        {"from": former, "to": number, "changes": [change | {"words": of_change(change, found.zone)} for change in changes]},
        json_dumps_params={"ensure_ascii": False},
    )
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _between(event: Event, former: int, number: int) -> tuple[ProgrammeVersion, ProgrammeVersion, list[dict[str, Any]]]:
    one, other = version_of(event, former), version_of(event, number)
    return one, other, differences(one.content, other.content) if one.pk != other.pk else []


def _said(version: ProgrammeVersion, event: Event) -> list[tuple[dict[str, str], str]]:
    """Changes with their sentences; of a first version, only how many sessions it opens with."""
    if version.number == 1:
        count = len(version.changes)
        return [({"code": "", "title": ""}, _("First version, with {count} sessions.").format(count=count))]
    return [(change, of_change(change, event.zone)) for change in version.changes]
