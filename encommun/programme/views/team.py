"""The draft on a grid, and the moves made from it."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import Refused
from encommun.programme import commands
from encommun.programme.forms import PlaceForm
from encommun.programme.models import Session
from encommun.programme.queries import draft_of, last_move, latest_version, session_of
from encommun.programme.queries.draft import Draft
from encommun.programme.rules import day_of
from encommun.programme.words import EDITOR, of_warning


def draft(request: HttpRequest, event: str) -> HttpResponse:
    """The grid of each day, what is not placed, and what is odd."""
    found = team_event_of(request, event, Role.PROGRAMME)
    whole = draft_of(found)
    return _page(request, found, whole, _form(found, whole, initial=_asked(request, found, whole)))


def place(request: HttpRequest, event: str) -> HttpResponse:
    """Place or move a session by the form of the grid."""
    found = team_event_of(request, event, Role.PROGRAMME)
    if request.method != "POST":
        return redirect("programme:team", found.slug)
    whole = draft_of(found)
    form = _form(found, whole, data=request.POST)
    if not form.is_valid():
        return _page(request, found, whole, form)
    one, length = form.session_chosen, form.cleaned_data["minutes"]
    one.event = found
    try:
        commands.place_session(
            one, room=form.room_chosen, starts_at=form.starts_at, minutes=length, actor=request.actor, at=clock.now()
        )
    except Refused as refused:
        form.refuse(refused)
        return _page(request, found, whole, form)
    return _back(found, one)


def _form(event: Event, whole: Draft, **kwargs: Any) -> PlaceForm:
    standing = [one for one in whole.sessions if one.state != Session.State.CANCELLED]
    return PlaceForm(event=event, rooms=whole.rooms, sessions=standing, **kwargs)


def _asked(request: HttpRequest, event: Event, whole: Draft) -> dict[str, Any]:
    """What a free cell or an unplaced session of the page puts in the form."""
    values: dict[str, Any] = {}
    one = next((one for one in whole.sessions if one.code == request.GET.get("seance")), None)
    if one is not None:
        values |= PlaceForm.values_of(one, event)
    if request.GET.get("salle", "").isascii() and request.GET.get("salle", "").isdigit():
        values["room"] = request.GET["salle"]
    try:
        local = datetime.fromisoformat(request.GET.get("debut", "")).replace(tzinfo=event.zone)
        values |= {"day": day_of(local, event.zone).isoformat(), "time": local.time()}
    except (ValueError, OverflowError):
        pass
    return values


def _page(request: HttpRequest, event: Event, whole: Draft, form: PlaceForm) -> HttpResponse:
    moved = next((one for one in whole.sessions if one.code == request.GET.get("deplacee")), None)
    context = {
        "draft": whole,
        "form": form,
        "is_asked": form.is_bound or bool(form.initial),
        "moved": moved if moved is not None and last_move(moved) is not None else None,
        "warnings": [(warned, of_warning(warned)) for warned in whole.warnings if not warned.is_info],
        "notes": [(warned, of_warning(warned)) for warned in whole.warnings if warned.is_info],
        "latest": latest_version(event),
        "editor_words": json.dumps({name: str(words) for name, words in EDITOR.items()}),
    }
    return render(request, "programme/team.html", context, status=form.status)


def _back(event: Event, session: Session) -> HttpResponse:
    response = redirect("programme:team", event.slug)
    response["Location"] += f"?deplacee={session.code}#deplacee"
    return response


@require_POST
def unplace(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Take the place of a session away."""
    return _do(request, event, code, commands.unplace_session)


@require_POST
def put_back(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Undo the last move."""
    return _do(request, event, code, commands.put_back)


@require_POST
def confirm(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Confirm a session."""
    return _do(request, event, code, commands.confirm_session, _("The session is confirmed: the next version will show it."))


@require_POST
def cancel(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Cancel a session."""
    return _do(
        request, event, code, commands.cancel_session, _("The session is cancelled. Readers will know with the next version.")
    )


def _do(request: HttpRequest, event: str, code: str, command: Callable[..., None], said: str = "") -> HttpResponse:
    found = team_event_of(request, event, Role.PROGRAMME)
    one = session_of(found, code)
    try:
        command(one, actor=request.actor, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("programme:edit", found.slug, code)
    if not said:
        return _back(found, one)
    messages.success(request, said)
    return redirect("programme:edit", found.slug, code)
