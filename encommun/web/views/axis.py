"""One working axis: its text, and the proposals, sessions and resources gathered under it."""

from django.http import HttpRequest, HttpResponse

from encommun.events.pages import event_of, render
from encommun.ui.public_pages import public_page
from encommun.web.queries import axis_page


@public_page()
def axis(request: HttpRequest, event: str, axis: str) -> HttpResponse:
    """An axis of the gathering."""
    found = event_of(request, event)
    return render(request, "web/axis.html", {"gathered": axis_page(found, axis)})
