"""The committee: its public page, joining it, and what the team writes of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.deliberation import commands
from encommun.deliberation.forms import CommitteeForm, JoinForm, MeetingForm, OwnNameForm, ResolutionForm
from encommun.deliberation.models import Meeting, Member
from encommun.deliberation.queries import (
    committee_of,
    member_for_team,
    membership_of,
    named_members,
    people_of_committee,
    public_polls,
)
from encommun.deliberation.rules import may_ask_to_join
from encommun.events.models import Event
from encommun.events.pages import event_of, render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.ui.public_pages import public_page


@public_page()
def committee(request: HttpRequest, event: str) -> HttpResponse:
    """Its rules, who is in it, how to join, its meetings and its decisions."""
    found = event_of(request, event)
    names, others = named_members(found)
    context = {"committee": committee_of(found), "names": names, "others": others, "polls": public_polls(found)}
    return render(request, "deliberation/committee.html", context)


def join(request: HttpRequest, event: str) -> HttpResponse:
    """Ask to join; once asked or in it, one's own name and the way out."""
    found = event_of(request, event)
    own, its = membership_of(request.actor, found), committee_of(found)
    stands = own is not None and own.state in (Member.State.ASKED, Member.State.IN)
    form = _join_form(request, own if stands else None)
    if request.method == "POST" and request.POST.get("act") == "leave":
        commands.leave_committee(found, actor=request.actor, at=clock.now())
        messages.success(request, _("It is noted. Thank you for what you brought."))
        return redirect("deliberation:join", found.slug)
    if request.method == "POST" and form.is_valid():
        try:
            (commands.introduce_member if stands else commands.ask_to_join)(
                found, **form.cleaned_data, actor=request.actor, at=clock.now()
            )
        except Refused as refused:
            form.refuse(refused)
            return _join_page(request, form, 409, own=own, stands=stands, committee=its)
        messages.success(request, _("It is noted.") if stands else _("Thank you! The team answers you by e-mail."))
        return redirect("deliberation:join", found.slug)
    return _join_page(request, form, form.status, own=own, stands=stands, committee=its)


def _join_form(request: HttpRequest, own: Member | None) -> JoinForm | OwnNameForm:
    if own is not None:
        return OwnNameForm(request.POST or None, initial={"name": own.person, "publish_name": own.name_is_public})
    return JoinForm(request.POST or None)


def _join_page(request: HttpRequest, form: Any, status: int, **more: Any) -> HttpResponse:
    may = may_ask_to_join(request.actor, more["committee"])
    return render(request, "deliberation/join.html", {"form": form, "may_ask": may, **more}, status=status)


def team(request: HttpRequest, event: str) -> HttpResponse:
    """The team's side: rules, requests, members, meetings, decisions."""
    found = team_event_of(request, event, Role.PROGRAMME)
    form = CommitteeForm(request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        said = {"rules": form.rules(), "is_open": form.cleaned_data["is_open"]}
        commands.set_committee(found, **said, actor=request.actor, at=clock.now())
        messages.success(request, _("It is noted."))
        return redirect("deliberation:committee_team", found.slug)
    return _team_page(request, found, form.status, form=form)


def _initial(event: Event) -> dict[str, Any]:
    its = committee_of(event)
    if its is None:
        return {"is_open": True}
    return {"rules_fr": its.rules.get("fr", ""), "rules_en": its.rules.get("en", ""), "is_open": its.is_open}


def _team_page(request: HttpRequest, event: Event, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "committee": committee_of(event),
        "people": people_of_committee(request.actor, event),
        "form": CommitteeForm(initial=_initial(event)),
        "meeting_form": MeetingForm(prefix="meeting"),
        "resolution_form": ResolutionForm(prefix="resolution"),
    }
    return render(request, "deliberation/committee_team.html", context | forms, status=status)


@require_POST
def answer(request: HttpRequest, event: str, member: str) -> HttpResponse:
    """Take somebody in, or not this time; or end a place."""
    found = team_event_of(request, event, Role.PROGRAMME)
    asked, act, at = member_for_team(request.actor, found, member), request.POST.get("act", ""), clock.now()
    try:
        if act == "end":
            commands.end_place(asked, actor=request.actor, at=at)
        elif act in ("accept", "decline"):
            commands.answer_request(asked, accepts=act == "accept", actor=request.actor, at=at)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("deliberation:committee_team", found.slug)
    messages.success(request, _("It is noted."))
    return redirect("deliberation:committee_team", found.slug)


@require_POST
def add_meeting(request: HttpRequest, event: str) -> HttpResponse:
    """Write a meeting."""
    found = team_event_of(request, event, Role.PROGRAMME)
    form = MeetingForm(request.POST, prefix="meeting")
    if not form.is_valid():
        return _team_page(request, found, 422, meeting_form=form)
    commands.note_meeting(found, **form.cleaned_data, actor=request.actor, at=clock.now())
    messages.success(request, _("Everyone can read it now."))
    return redirect("deliberation:committee_team", found.slug)


def meeting(request: HttpRequest, event: str, meeting: str) -> HttpResponse:
    """Change the notes of a meeting."""
    found = team_event_of(request, event, Role.PROGRAMME)
    held = Meeting.objects.filter(committee__event=found, code=meeting).first()
    if held is None:
        raise NotFound()
    form = MeetingForm(request.POST or None, initial={"held_on": held.held_on, "title": held.title, "notes": held.notes})
    if request.method == "POST" and form.is_valid():
        commands.note_meeting(found, **form.cleaned_data, meeting=held, actor=request.actor, at=clock.now())
        messages.success(request, _("Everyone can read it now."))
        return redirect("deliberation:committee_team", found.slug)
    return render(request, "deliberation/meeting.html", {"form": form, "meeting": held}, status=form.status)


@require_POST
def add_resolution(request: HttpRequest, event: str) -> HttpResponse:
    """Write what was decided."""
    found = team_event_of(request, event, Role.PROGRAMME)
    form = ResolutionForm(request.POST, prefix="resolution")
    if not form.is_valid():
        return _team_page(request, found, 422, resolution_form=form)
    commands.note_resolution(found, **form.cleaned_data, actor=request.actor, at=clock.now())
    messages.success(request, _("Everyone can read it now."))
    return redirect("deliberation:committee_team", found.slug)
