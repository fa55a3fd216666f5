"""The instance's home page, and the page that says that it is alive."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from encommun.events.queries import events_seen_by
from encommun.ui.public_pages import public_page


@public_page()
def home(request: HttpRequest) -> HttpResponse:
    """Gatherings of this instance."""
    return render(request, "web/home.html", {"events": events_seen_by(request.actor)})


def health(request: HttpRequest) -> JsonResponse:
    """Whether the process answers and reaches its database (for monitors and start-up scripts)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
