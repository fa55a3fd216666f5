"""The feeds: what the published programme says, in the forms that programs read. Nothing that its pages hide."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from encommun.events.models import Event
from encommun.events.pages import event_of, render
from encommun.foundation.refusals import NotFound
from encommun.opendata import atom as atom_feed
from encommun.opendata import places
from encommun.opendata.formats import BY_NAME, FORMATS, Format
from encommun.opendata.published import published
from encommun.programme.queries import Programme, Shown, programme_of, version_of, versions_of
from encommun.ui.public_pages import public_page

CALENDAR = "text/calendar; charset=utf-8"


@public_page()
def of_now(request: HttpRequest, event: str, form: str) -> HttpResponse:
    """The programme as it stands, in one of the forms."""
    found = event_of(request, event)
    return _taken(published(found), FORMATS[form], "")


@public_page()
def of_version(request: HttpRequest, event: str, number: int, name: str) -> HttpResponse:
    """A version as it was published, in one of the forms."""
    found = event_of(request, event)
    if name not in BY_NAME:
        raise NotFound()
    return _taken(programme_of(found, version_of(found, number)), BY_NAME[name], f"-v{number}")


@public_page()
def session_ics(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """One session for a calendar."""
    programme = published(event_of(request, event))
    session = programme.find(code)
    if session is None or not session.starts_at:
        raise NotFound()
    return _calendar(programme, [session], code, "")


@public_page()
def axis_ics(request: HttpRequest, event: str, axis: str) -> HttpResponse:
    """The sessions of an axis as a calendar to subscribe to."""
    found = event_of(request, event)
    chosen = found.axes.filter(slug=axis).first()
    if chosen is None:
        raise NotFound()
    programme = published(found)
    sessions = [one for one in programme.placed if one.axis is not None and one.axis.slug == axis]
    return _calendar(programme, sessions, axis, str(chosen.title))


@public_page()
def person_ics(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """What somebody who agreed to be named takes part in, as a calendar to subscribe to."""
    programme = published(event_of(request, event))
    person = programme.people.get(number)
    if person is None:
        raise NotFound()
    return _calendar(programme, programme.of_person(number), str(number), person.name)


@public_page()
def atom(request: HttpRequest, event: str) -> HttpResponse:
    """What changes from version to version."""
    found = event_of(request, event)
    return _open(HttpResponse(atom_feed.of_event(found, versions_of(found)), content_type="application/atom+xml; charset=utf-8"))


@public_page()
def venues(request: HttpRequest, event: str) -> HttpResponse:
    """The venues, in the national standard of places of digital mediation."""
    found = event_of(request, event)
    return _file(places.as_csv(found), "text/csv; charset=utf-8", f"{found.slug}-lieux.csv")


@public_page()
def venues_json(request: HttpRequest, event: str) -> HttpResponse:
    """The same as JSON."""
    found = event_of(request, event)
    return _file(places.as_json(found), "application/json; charset=utf-8", f"{found.slug}-lieux.json")


@public_page()
def data(request: HttpRequest, event: str) -> HttpResponse:
    """What there is to reuse, and how."""
    found = event_of(request, event)
    return render(request, "opendata/data.html", {"programme": published(found), "feeds": _feeds(found)})


def _feeds(event: Event) -> dict[str, str]:
    return {name: reverse(f"opendata:{name}", args=[event.slug]) for name in (*FORMATS, "atom", "venues", "venues_json")}


def _taken(programme: Programme, form: Format, suffix: str) -> HttpResponse:
    body = programme.once((form.name, get_language()), lambda: form.make(programme))
    return _file(body, form.kind, f"{programme.event.slug}{suffix}-{form.name}")


def _calendar(programme: Programme, sessions: Iterable[Shown], name: str, title: str) -> HttpResponse:
    from encommun.programme import calendars  # loads icalendar: not at the start of every process

    body = calendars.of_sessions(programme, sessions, title)
    return _file(body, CALENDAR, f"{programme.event.slug}-{name}.ics")


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return _open(response)


def _open(response: HttpResponse) -> HttpResponse:
    """Any page of any site may read it."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
