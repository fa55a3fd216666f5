"""Public pages of the event: home and axes."""

from django.http import HttpRequest, HttpResponse

from encommun.events.pages import event_of, render
from encommun.foundation.refusals import NotFound
from encommun.ui.public_pages import public_page


@public_page()
def home(request: HttpRequest, event: str) -> HttpResponse:
    """The gathering at a glance."""
    event_of(request, event)
    return render(request, "events/home.html")


@public_page()
def axes(request: HttpRequest, event: str) -> HttpResponse:
    """The working axes."""
    found = event_of(request, event)
    return render(request, "events/axes.html", {"axes": found.axes.all()})


@public_page()
def axis(request: HttpRequest, event: str, axis: str) -> HttpResponse:
    """One axis."""
    found = event_of(request, event)
    chosen = found.axes.filter(slug=axis).first()
    if chosen is None:
        raise NotFound()
    return render(request, "events/axis.html", {"axis": chosen})
