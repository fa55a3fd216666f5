"""Public pages of the event itself."""

from django.http import HttpRequest, HttpResponse

from encommun.events.pages import event_of, render
from encommun.ui.public_pages import public_page


@public_page()
def axes(request: HttpRequest, event: str) -> HttpResponse:
    """The working axes."""
    found = event_of(request, event)
    return render(request, "events/axes.html", {"axes": list(found.axes.all())})
