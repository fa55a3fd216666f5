"""What refreshes by itself, what other sites show, and what stays when there is no network."""

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override

from encommun.events.models import Event
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import NotFound
from encommun.programme.queries import choose, later_in, latest_version, now_and_next, pause_at, programme_of, timetable
from encommun.programme.queries.programme import Programme
from encommun.programme.views.public import CHOICES
from encommun.ui.public_pages import public_page

ASK_AGAIN = 2000  # milliseconds


@public_page()
def stream(request: HttpRequest, event: str) -> HttpResponse:
    """The number of the version that readers see, as a server-sent event.

    The answer ends at once and says when to ask again: browsers come back by themselves (docs/decisions). It is a public page,
    kept in memory and answered before Django, so that no thread waits for a reader.
    """
    found = event_of(request, event)
    version = latest_version(found)
    number = version.number if version else 0
    answer = HttpResponse(f"retry: {ASK_AGAIN}\nid: {number}\ndata: {number}\n\n", content_type="text/event-stream; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


@public_page("lieu", "plein")
def screen(request: HttpRequest, event: str) -> HttpResponse:
    """The screen of the hall: now and next in each room."""
    found = event_of(request, event)
    whole = _published(found)
    venue = request.GET.get("lieu", "")
    venue = venue if venue in {one.slug for one in whole.venues} else ""
    at = clock.now()
    context = {
        "programme": whole,
        "rooms": now_and_next(whole, at, venue),
        "at": at.astimezone(found.zone).replace(microsecond=0),
        "venue": venue,
        "rest": pause_at(whole, at),
        "full": request.GET.get("plein") == "1",
    }
    return render(request, "programme/screen.html", context)


@public_page()
def room(request: HttpRequest, event: str, venue: str, room: str) -> HttpResponse:
    """The page of one room: what takes place, and what follows."""
    found = event_of(request, event)
    whole = _published(found)
    shown = next((one for one in whole.rooms if one.key == f"{venue}/{room}"), None)
    if shown is None:
        raise NotFound()
    at = clock.now().astimezone(found.zone).replace(microsecond=0)
    context = {"programme": whole, "room": shown, "sessions": later_in(whole, shown.key, at), "at": at}
    return render(request, "programme/room.html", context)


@csp_override({
    "default-src": [CSP.NONE], "style-src": [CSP.SELF], "font-src": [CSP.SELF], "img-src": [CSP.SELF],
    "base-uri": [CSP.NONE], "form-action": [CSP.NONE], "frame-ancestors": ["*"],
})  # fmt: skip
@public_page(*CHOICES)
def embed(request: HttpRequest, event: str) -> HttpResponse:
    """The programme inside another site: light, without script, and nothing that follows anybody."""
    found = event_of(request, event)
    whole = _published(found)
    chosen = choose(whole, request.GET)
    days = timetable(whole, chosen.sessions, with_breaks=False, as_list=True)
    answer = render(request, "programme/embed.html", {"programme": whole, "chosen": chosen, "days": days})
    answer.xframe_options_exempt = True
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer


@public_page()
def offline_worker(request: HttpRequest, event: str) -> HttpResponse:
    """The service worker of the programme: what was read stays readable without a network."""
    found = event_of(request, event)
    version = latest_version(found)
    pages = [reverse(f"programme:{name}", args=[found.slug]) for name in ("programme", "mine")]
    files = [static(f"programme/{name}") for name in ("programme.css", "live.js", "mine.js")]
    files += [static("ui/encommun.css"), static("ui/elements.js")]
    return render_worker(request, pages, files, version.number if version else 0)


def render_worker(request: HttpRequest, pages: list[str], files: list[str], number: int) -> HttpResponse:
    """The script, with what it keeps written in it."""
    home = reverse("web:event_home", args=[request.event.slug])
    answer = render(
        request,
        "programme/offline.js",
        {"pages": pages, "files": files, "number": number, "home": home, "name": request.event.slug},
    )
    answer["Content-Type"] = "text/javascript; charset=utf-8"
    answer["Service-Worker-Allowed"] = home
    return answer


def _published(event: Event) -> Programme:
    version = latest_version(event)
    if version is None:
        raise NotFound()
    return programme_of(event, version)
