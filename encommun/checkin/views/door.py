"""The door: one page for a phone. Everything but the camera works without JavaScript."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.checkin.commands import Outcome, keep_door, redeem, undo_scan
from encommun.checkin.forms import DoorForm, ScanForm, TrainingForm, UndoForm
from encommun.checkin.models import Door, Scan
from encommun.checkin.papers import code_svg
from encommun.checkin.queries import doors_of, doubled_passes, figures, last_looks, passes_named, what_is_shown
from encommun.checkin.rules import COLOURS
from encommun.checkin.sentences import sentence, word
from encommun.checkin.training import RESULTS, try_code
from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.registration.queries import has_rights
from encommun.registration.rules import keeps_registration

KEEPERS = (Role.DOOR, Role.REGISTRATION)


def door(request: HttpRequest, event: str) -> HttpResponse:
    """Ready for the next person."""
    team_event_of(request, event, *KEEPERS)
    return _page(request)


@require_POST
def scan(request: HttpRequest, event: str) -> HttpResponse:
    """Look at one code, or find a name, and say what to say. A POST: names do not go into addresses."""
    found = team_event_of(request, event, *KEEPERS)
    form = ScanForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    asked = form.cleaned_data
    try:
        if asked["mode"] == "typed" and what_is_shown(found, asked["code"]).known_by_itself == Scan.Result.UNKNOWN:
            passes = passes_named(found, asked["code"], actor=request.actor)
            if passes:
                return _page(request, form=form, passes=[(one, uuid4()) for one in passes])
        outcome = redeem(found, actor=request.actor, at=clock.now(), **asked)
    except Refused as refused:
        form.refuse(refused)
        return _page(request, form=form)
    return _page(request, answer=_answer(outcome, found))


@require_POST
def undo(request: HttpRequest, event: str) -> HttpResponse:
    """Take back a misreading."""
    found = team_event_of(request, event, *KEEPERS)
    form = UndoForm(request.POST)
    if form.is_valid():
        try:
            undo_scan(found, form.cleaned_data["scan_id"], actor=request.actor, at=clock.now())
            messages.success(request, _("It is undone: the pass can be shown again."))
        except Refused as refused:
            messages.error(request, refused.sentence)
    return HttpResponseRedirect(_here(request, reverse("checkin:door", args=[found.slug])))


def doors(request: HttpRequest, event: str) -> HttpResponse:
    """The doors of the gathering, and a new one."""
    found = team_event_of(request, event, Role.REGISTRATION)
    return _door_page(request, found, None)


def edit_door(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """Change a door."""
    found = team_event_of(request, event, Role.REGISTRATION)
    one = Door.objects.filter(event=found, number=number).first()
    if one is None:
        raise NotFound()
    return _door_page(request, found, one)


def _door_page(request: HttpRequest, event: Event, one: Door | None) -> HttpResponse:
    kept = {"name": one.name, "passes": [str(n) for n in one.passes], "is_closed": one.closed_at is not None} if one else {}
    kinds = list(event.pass_types.all())
    form = DoorForm(request.POST if request.method == "POST" else None, initial=kept, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        try:
            keep_door(event, number=one.number if one else None, **form.arguments(), actor=request.actor, at=clock.now())
            messages.success(request, _("The door is kept."))
            return HttpResponseRedirect(reverse("checkin:doors", args=[event.slug]))
        except Refused as refused:
            form.refuse(refused)
    names = {kind.number: str(kind.name) for kind in kinds}
    rows = [(row, [names[n] for n in row.passes if n in names]) for row in Door.objects.filter(event=event)]
    context = {"form": form, "door": one, "doors": rows, "doubled": doubled_passes(request.actor, event)}
    return render(request, "checkin/doors.html", context, status=form.status)


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
    chosen = {"door": _number(request), "direction": _direction(request)}
    form = context.get("form")
    status = form.status if form is not None else 200
    if form is None or "passes" in context:
        typed = form.cleaned_data["code"] if form is not None else ""
        form = ScanForm(initial={"scan_id": uuid4(), "mode": "typed", "code": typed} | chosen)
    today = clock.now().astimezone(request.event.zone).date()
    facts = chosen | {
        "today": today,
        "is_open": today in request.event.days,
        "has_rights": has_rights(request.event),
        "sells": request.actor.has_role(request.event.pk, Role.REGISTRATION),
        "doors": doors_of(request.event),
        "keeps_doors": keeps_registration(request.actor, request.event.pk) is True,
        "figures": figures(request.event, today, chosen["door"]),
        "looks": [(look, COLOURS[look.result]) for look in last_looks(request.event, request.actor, today)],
    }
    template = "checkin/answer.html" if _is_fragment(request) else "checkin/door.html"
    return _with_camera(render(request, template, facts | context | {"form": form}, status=status))


def _number(request: HttpRequest) -> int:
    """The door at which the volunteer stands, carried from page to page."""
    typed = request.POST.get("door") or request.GET.get("porte") or "0"
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0


def _direction(request: HttpRequest) -> str:
    typed = request.POST.get("direction") or ("exit" if request.GET.get("sens") == "sortie" else "")
    return typed if typed in Scan.Direction.values else Scan.Direction.ENTRY


def _here(request: HttpRequest, address: str) -> str:
    asked = {"porte": _number(request) or None, "sens": "sortie" if _direction(request) == "exit" else None}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{address}?{query}" if query else address


def _answer(outcome: Outcome, event: Event) -> dict[str, Any]:
    counts = outcome.result in (Scan.Result.ADMITTED, Scan.Result.OUT)
    return {"outcome": outcome, "word": word(outcome), "sentence": sentence(outcome, event), "may_undo": counts}


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("X-Fragment") == "answer"


def _with_camera(response: HttpResponse) -> HttpResponse:
    """The only pages that may use the camera."""
    response.headers["Permissions-Policy"] = "camera=(self), geolocation=(), microphone=(), interest-cohort=()"
    return response
