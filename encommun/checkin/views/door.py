"""The door: one page for a phone. Everything but the camera works without JavaScript."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from encommun.checkin.commands import Outcome, redeem
from encommun.checkin.forms import NameForm, ScanForm, TrainingForm
from encommun.checkin.papers import code_svg
from encommun.checkin.queries import figures, last_looks, passes_named
from encommun.checkin.rules import COLOURS
from encommun.checkin.sentences import WORDS, sentence
from encommun.checkin.training import RESULTS, try_code
from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import Refused
from encommun.registration.queries import has_rights

KEEPERS = (Role.DOOR, Role.REGISTRATION)


def door(request: HttpRequest, event: str) -> HttpResponse:
    """Ready for the next person."""
    team_event_of(request, event, *KEEPERS)
    return _page(request)


@require_POST
def scan(request: HttpRequest, event: str) -> HttpResponse:
    """Look at one code and say what to say."""
    found = team_event_of(request, event, *KEEPERS)
    form = ScanForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    try:
        outcome = redeem(found, actor=request.actor, at=clock.now(), **form.cleaned_data)
    except Refused as refused:
        form.refuse(refused)
        return _page(request, form=form)
    return _page(request, answer=_answer(outcome, found))


@require_POST
def find(request: HttpRequest, event: str) -> HttpResponse:
    """Look for a pass by name. A POST: names do not go into addresses."""
    found = team_event_of(request, event, *KEEPERS)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, names=form)
    passes = passes_named(found, form.cleaned_data["name"], actor=request.actor)
    return _page(request, names=form, passes=[(one, uuid4()) for one in passes], looked=True)


def training(request: HttpRequest, event: str) -> HttpResponse:
    """Train with three codes; nothing is written."""
    found = team_event_of(request, event, *KEEPERS)
    form = TrainingForm(request.POST or None)
    answer = None
    if form.is_valid():
        answer = _answer(try_code(found, form.cleaned_data["code"], at=clock.now()), found)
    if _is_fragment(request):
        return render(request, "checkin/answer.html", {"answer": answer, "form": form}, status=form.status)
    codes = [(code, COLOURS[result], code_svg(code).decode()) for code, result in RESULTS.items()]
    return _with_camera(
        render(request, "checkin/training.html", {"form": form, "answer": answer, "codes": codes}, status=form.status)
    )


def _page(request: HttpRequest, **context: Any) -> HttpResponse:
    """The door with what was just answered; the camera asks for that part alone."""
    form = context.get("form") or ScanForm(initial={"scan_id": uuid4(), "mode": "typed"})
    status = max(form.status, context["names"].status if "names" in context else 200)
    today = clock.now().astimezone(request.event.zone).date()
    facts = {
        "form": form,
        "names": NameForm(),
        "today": today,
        "is_open": today in request.event.days,
        "has_rights": has_rights(request.event),
        "sells": request.actor.has_role(request.event.pk, Role.REGISTRATION),
        "figures": figures(request.event, today),
        "looks": [(look, COLOURS[look.result]) for look in last_looks(request.event, request.actor)],
    }
    template = "checkin/answer.html" if _is_fragment(request) else "checkin/door.html"
    return _with_camera(render(request, template, facts | context, status=status))


def _answer(outcome: Outcome, event: Event) -> dict[str, Any]:
    return {"outcome": outcome, "word": WORDS[outcome.colour], "sentence": sentence(outcome, event)}


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("X-Fragment") == "answer"


def _with_camera(response: HttpResponse) -> HttpResponse:
    """The only pages that may use the camera."""
    response.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=(), interest-cohort=()"
    return response
