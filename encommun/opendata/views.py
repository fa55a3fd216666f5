"""The feeds: what the published programme says, in the forms that programs read. Nothing that its pages hide."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from encommun.events.models import Event
from encommun.events.pages import event_of, render
from encommun.foundation.refusals import NotFound
from encommun.opendata import places, schedule_json, schedule_xml
from encommun.opendata.published import published
from encommun.ui.public_pages import public_page

CALENDAR = "text/calendar; charset=utf-8"


@public_page()
def ics(request: HttpRequest, event: str) -> HttpResponse:
    """The programme as a calendar to subscribe to."""
    from encommun.opendata import calendar  # loads icalendar: not at the start of every process

    found = event_of(request, event)
    return _file(calendar.of_programme(published(found)), CALENDAR, f"{found.slug}.ics")


@public_page()
def session_ics(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """One session for a calendar."""
    from encommun.opendata import calendar  # loads icalendar: not at the start of every process

    programme = published(event_of(request, event))
    session = programme.find(code)
    if session is None or not session.starts_at:
        raise NotFound()
    return _file(calendar.of_session(programme, session), CALENDAR, f"{programme.event.slug}-{code}.ics")


@public_page()
def xml(request: HttpRequest, event: str) -> HttpResponse:
    """The programme for schedule applications."""
    found = event_of(request, event)
    return _open(HttpResponse(schedule_xml.of_programme(published(found)), content_type="application/xml; charset=utf-8"))


@public_page()
def json(request: HttpRequest, event: str) -> HttpResponse:
    """The programme as data."""
    found = event_of(request, event)
    return _open(HttpResponse(schedule_json.of_programme(published(found)), content_type="application/json; charset=utf-8"))


@public_page()
def venues(request: HttpRequest, event: str) -> HttpResponse:
    """The venues, in the national standard of places of digital mediation."""
    programme = published(event_of(request, event))
    if not programme.number:
        raise NotFound()
    return _file(places.of_programme(programme), "text/csv; charset=utf-8", f"{programme.event.slug}-lieux.csv")


@public_page()
def data(request: HttpRequest, event: str) -> HttpResponse:
    """What there is to reuse, and how."""
    found = event_of(request, event)
    return render(request, "opendata/data.html", {"programme": published(found), "feeds": _feeds(found)})


def _feeds(event: Event) -> dict[str, str]:
    return {name: reverse(f"opendata:{name}", args=[event.slug]) for name in ("ics", "xml", "json", "venues")}


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return _open(response)


def _open(response: HttpResponse) -> HttpResponse:
    """Any page of any site may read it."""
    response["Access-Control-Allow-Origin"] = "*"
    return response
