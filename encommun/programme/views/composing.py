"""Trying a proposal in the draft; uniting sessions, parting them, and letting one continue another."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.call.anonymity import hides_authors_from
from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.programme import commands
from encommun.programme.composing_forms import ContinueForm, UniteForm
from encommun.programme.models import Session
from encommun.programme.queries import session_of
from encommun.programme.queries.composing import others_of, proposals_to_try
from encommun.programme.refusals import NotUnited


def try_out(request: HttpRequest, event: str) -> HttpResponse:
    """The proposals that have no session yet, each with a button that puts it in the draft."""
    found = team_event_of(request, event, Role.PROGRAMME)
    listed = proposals_to_try(found, request.GET.get("q", "")[:100], actor=request.actor)
    if request.method == "POST":
        chosen = next(
            (one for one in proposals_to_try(found, "", actor=request.actor) if one.code == request.POST.get("proposal")), None
        )
        if chosen is None:
            raise NotFound()
        made = commands.try_proposal(chosen, actor=request.actor, at=clock.now())
        messages.success(request, _("It is in the draft, to see where it would fit. Readers do not see it."))
        return redirect("programme:edit", found.slug, made.code)
    return render(
        request,
        "programme/try.html",
        {"proposals": listed, "search": request.GET.get("q", "")[:100], "hidden": hides_authors_from(request.actor, found)},
    )


@require_POST
def unite(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Let another session join this one."""
    found, one = _found(request, event, code)
    form = UniteForm(request.POST, others=others_of(one))
    if not form.is_valid():
        return _back(request, found, one, refused=_("Choose a session of the list."))
    other = form.others[form.cleaned_data["other"]]
    return _do(
        request,
        found,
        one,
        lambda: commands.unite_sessions(one, other, actor=request.actor, at=clock.now()),
        _("They are one session now. Its people and its proposals are together."),
    )


@require_POST
def part(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Give a united proposal a session of its own again."""
    found, one = _found(request, event, code)
    proposal = one.united.filter(code=request.POST.get("proposal", "")).first()
    if proposal is None:
        return _back(request, found, one, refused=NotUnited().sentence)
    return _do(
        request,
        found,
        one,
        lambda: commands.part_proposal(one, proposal, actor=request.actor, at=clock.now()),
        _("The proposal has a session of its own again, not placed yet."),
    )


@require_POST
def follow(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Say which session this one continues."""
    found, one = _found(request, event, code)
    form = ContinueForm(request.POST, others=others_of(one))
    if not form.is_valid():
        return _back(request, found, one, refused=_("Choose a session of the list."))
    former = form.others.get(form.cleaned_data["former"])
    at_once = form.cleaned_data["at_once"]
    return _do(
        request,
        found,
        one,
        lambda: commands.continue_session(one, former=former, at_once=at_once, actor=request.actor, at=clock.now()),
        _("Noted: the checks and the builder count with it."),
    )


@require_POST
def next_part(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Make a session that continues this one."""
    found, one = _found(request, event, code)
    at_once = "at_once" in request.POST
    return _do(
        request,
        found,
        one,
        lambda: commands.make_next_part(one, at_once=at_once, actor=request.actor, at=clock.now()),
        _("The next part is made. It is not placed yet."),
    )


def _found(request: HttpRequest, event: str, code: str) -> tuple[Event, Session]:
    found = team_event_of(request, event, Role.PROGRAMME)
    return found, session_of(found, code)


def _do(request: HttpRequest, event: Event, one: Session, change: Callable[[], Session | None], said: str) -> HttpResponse:
    try:
        made = change()
    except Refused as refused:
        return _back(request, event, one, refused=refused.sentence)
    messages.success(request, said)
    return redirect("programme:edit", event.slug, (made or one).code)


def _back(request: HttpRequest, event: Event, one: Session, *, refused: str) -> HttpResponse:
    messages.error(request, refused)
    return redirect("programme:edit", event.slug, one.code)
