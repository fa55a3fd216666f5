"""The home page of a gathering: what it is, where and when, and what is open now."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.ui.public_pages import public_page
from encommun.web.context import Page
from encommun.web.queries import at_a_glance, structured_event


@public_page()
def event_home(request: HttpRequest, event: str) -> HttpResponse:
    """The gathering at a glance."""
    found = event_of(request, event)
    glance = at_a_glance(found, at=clock.now())
    page = Page(request)
    structured = structured_event(
        found,
        venues=glance.venues,
        passes=glance.passes,
        address=page.address,
        tickets=page.base_url + reverse("registration:passes", args=[found.slug]),
    )
    return render(request, "web/event_home.html", {"glance": glance, "structured": structured})
