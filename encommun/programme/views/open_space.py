"""An open-space slot, filled on the day: on a phone by those who have a pass, at a desk by the team."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.models import Event
from encommun.events.pages import event_of, render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.foundation.text import clean_line
from encommun.people.addresses import client_address
from encommun.people.commands import count_try
from encommun.programme import commands
from encommun.programme.holders import holder_of
from encommun.programme.open_space_forms import SubjectForm, place_choices, read_place
from encommun.programme.queries import latest_version
from encommun.programme.queries.open_space import OpenSpace, open_space_of, open_spaces_of, subject_of
from encommun.programme.rules import keeps_desk, welcomes_subjects


def subjects(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The tables of the slot, and the form to bring a subject."""
    found = event_of(request, event)
    return _page(request, found, _slot(request, found, code))


@require_POST
def take_away(request: HttpRequest, event: str, code: str, subject: str) -> HttpResponse:
    """Free a table: the person who brought the subject, or the team."""
    return _change(request, event, code, subject, commands.take_subject_away, _("The table is free again."))


@require_POST
def move(request: HttpRequest, event: str, code: str, subject: str) -> HttpResponse:
    """Take a subject to another table, or away: the second button of the same form."""
    if "away" in request.POST:
        return take_away(request, event, code, subject)
    place = read_place(request.POST.get("place", ""))
    return _change(request, event, code, subject, commands.move_subject, _("The subject has its new table."), place=place)


def team(request: HttpRequest, event: str) -> HttpResponse:
    """The open-space slots of the gathering, for those at the desk."""
    found = team_event_of(request, event, Role.PROGRAMME, Role.DOOR)
    listed = [one for session in open_spaces_of(found) if (one := open_space_of(found, session.code)) is not None]
    return render(request, "programme/open_spaces.html", {"slots": listed})


def _slot(request: HttpRequest, event: Event, code: str) -> OpenSpace:
    """The slot: published, or the team's to see."""
    slot = open_space_of(event, code)
    version = latest_version(event)
    is_public = version is not None and any(one["code"] == code for one in version.content["sessions"])
    if slot is None or not (is_public or keeps_desk(request.actor, event)):
        raise NotFound()
    return slot


def _page(request: HttpRequest, event: Event, slot: OpenSpace) -> HttpResponse:
    at_desk = keeps_desk(request.actor, event)
    held = holder_of(event, request.actor)
    form = SubjectForm(request.POST or None, slot=slot, knows=at_desk or held is not None)
    if request.method == "POST" and form.is_valid():
        try:
            _bring(request, slot, form)
        except Refused as refused:
            slot = open_space_of(event, slot.session.code) or slot
            form.fields["place"].choices = place_choices(slot)
            form.refuse(refused)
        else:
            messages.success(request, _("Your subject has its table."))
            return redirect("programme:subjects", event.slug, slot.session.code)
    context = {
        "slot": slot,
        "form": form,
        "at_desk": at_desk,
        "mine": held.email if held else "",
        "may_bring": welcomes_subjects(slot.session, request.actor, clock.now()),
        "places": place_choices(slot),
    }
    return render(request, "programme/subjects.html", context, status=form.status)


def _bring(request: HttpRequest, slot: OpenSpace, form: SubjectForm) -> None:
    typed, at = form.cleaned_data.get("pass_code", ""), clock.now()
    _count(request, typed)
    text = {"title": form.cleaned_data["title"], "host_name": form.cleaned_data["host_name"]}
    commands.bring_subject(slot.session, **text, place=form.chosen, pass_code=typed, actor=request.actor, at=at)


def _count(request: HttpRequest, typed: str) -> None:
    """Codes are not guessed."""
    if typed:
        count_try("open-space pass", client_address(request), at=clock.now(), most=60, seconds=600)


def _change(request: HttpRequest, event: str, code: str, subject: str, command: Any, said: str, **more: Any) -> HttpResponse:
    found = event_of(request, event)
    slot = _slot(request, found, code)
    try:
        one, typed = subject_of(slot.session, subject), clean_line(request.POST.get("pass_code", ""))[:40]
        _count(request, typed)
        command(one, pass_code=typed, actor=request.actor, at=clock.now(), **more)
    except NotFound:
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, said)
    return redirect("programme:subjects", found.slug, code)
