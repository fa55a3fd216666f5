"""What the instance says of itself: accessibility, legal notice; and a gathering, of people's data."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from encommun.events.pages import event_of
from encommun.events.pages import render as render_of_event
from encommun.ui.public_pages import public_page
from encommun.web.queries import controllers_of


@public_page()
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "web/accessibility.html")


@public_page()
def legal(request: HttpRequest) -> HttpResponse:
    """Who runs the instance, and the software's licence."""
    return render(request, "web/legal.html")


@public_page()
def event_privacy(request: HttpRequest, event: str) -> HttpResponse:
    """Who answers for people's data at a gathering, who reads them, and how to be heard."""
    found = event_of(request, event)
    return render_of_event(request, "web/event_privacy.html", {"controllers": controllers_of(found)})
