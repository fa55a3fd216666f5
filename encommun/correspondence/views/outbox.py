"""Every letter of the gathering."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from encommun.correspondence.forms import OutboxForm
from encommun.correspondence.queries import letter_seen_by, letters_seen_by, outbox_of
from encommun.events.pages import render, team_event_of
from encommun.foundation.actor import Role

A_PAGE = 50


def outbox(request: HttpRequest, event: str) -> HttpResponse:
    """Search, filter, counts."""
    found = team_event_of(request, event, Role.COORDINATION)
    form = OutboxForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    rows = letters_seen_by(request.actor, found, state=asked.get("state", ""), search=asked.get("q", ""))
    context = {"form": form, "letters": Paginator(rows, A_PAGE).get_page(request.GET.get("page")), "counts": outbox_of(found)}
    return render(request, "correspondence/outbox.html", context)


def letter(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """One letter, without the secrets in it."""
    found = team_event_of(request, event, Role.COORDINATION)
    return render(request, "correspondence/outbox_letter.html", {"letter": letter_seen_by(request.actor, found, number)})
