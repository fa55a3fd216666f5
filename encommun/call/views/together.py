"""Building a proposal together, for its authors: who is in it, who is asked, who offers, what is looked for."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.call import commands
from encommun.call.forms import AnswerForm, InviteForm, SeekForm
from encommun.call.models import Proposal
from encommun.call.queries import (
    help_of_author,
    invitation_of_author,
    proposal_of_author,
    waiting_helps,
    waiting_invitations,
    wanted_of_author,
)
from encommun.call.rules import author_among, may_build, may_leave
from encommun.events.models import Event
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import Refused
from encommun.people.commands import count_try

HOUR = 3600


def together(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Who builds it, who is asked, and a form to invite."""
    found, proposal = _proposal(request, event, code)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_try("call.invite", proposal.code, at=clock.now(), most=30, seconds=HOUR)
            commands.invite_author(proposal, **form.cleaned_data, actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused)
            return _page(request, proposal, 409, invite=form)
        messages.success(request, _("The invitation is on its way to {email}.").format(email=form.cleaned_data["email"]))
        return redirect("call:together", found.slug, proposal.code)
    return _page(request, proposal, form.status, invite=form)


def _proposal(request: HttpRequest, event: str, code: str) -> tuple[Event, Proposal]:
    found = event_of(request, event)
    return found, proposal_of_author(found, code, request.actor)


def _page(request: HttpRequest, proposal: Proposal, status: int = 200, **forms: Any) -> HttpResponse:
    may = may_build(request.actor, proposal)
    context = {
        "proposal": proposal,
        "me": author_among(request.actor, proposal),
        "may_build": may,
        "may_leave": may_leave(request.actor, proposal),
        "invitations": waiting_invitations(proposal) if may else [],
        "helps": [(help, AnswerForm(prefix=help.code)) for help in waiting_helps(proposal)] if may else [],
        "wanted": proposal.wanted.filter(closed_at=None),
        "invite": InviteForm(),
        "seek": SeekForm(),
    }
    return render(request, "call/together.html", context | forms, status=status)


@require_POST
def look_for(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Say what the proposal lacks."""
    found, proposal = _proposal(request, event, code)
    form = SeekForm(request.POST)
    if not form.is_valid():
        return _page(request, proposal, 422, seek=form)
    try:
        commands.seek(proposal, **form.cleaned_data, actor=request.actor, at=clock.now())
    except Refused as refused:
        form.refuse(refused)
        return _page(request, proposal, 409, seek=form)
    messages.success(request, _("It is shown to everyone who may help."))
    return redirect("call:together", found.slug, proposal.code)


@require_POST
def found(request: HttpRequest, event: str, code: str, number: int) -> HttpResponse:
    """What was looked for is found, or no longer needed."""
    its_event, proposal = _proposal(request, event, code)
    commands.stop_seeking(wanted_of_author(request.actor, proposal, number), actor=request.actor, at=clock.now())
    messages.success(request, _("Nobody else is asked."))
    return redirect("call:together", its_event.slug, proposal.code)


@require_POST
def take_back(request: HttpRequest, event: str, code: str, invitation: str) -> HttpResponse:
    """Take an invitation back."""
    its_event, proposal = _proposal(request, event, code)
    asked = invitation_of_author(request.actor, proposal, invitation)
    commands.take_back_invitation(asked, actor=request.actor, at=clock.now())
    messages.success(request, _("The invitation is taken back: its link opens nothing any more."))
    return redirect("call:together", its_event.slug, proposal.code)


@require_POST
def answer_help(request: HttpRequest, event: str, code: str, help: str) -> HttpResponse:
    """Accept an offer of help, or decline it with a word."""
    its_event, proposal = _proposal(request, event, code)
    offered = help_of_author(request.actor, proposal, help)
    accepts = request.POST.get("answer") == "accept"
    if not accepts and request.POST.get("answer") != "decline":
        messages.error(request, _("Choose: accept or decline."))
        return redirect("call:together", its_event.slug, proposal.code)
    words = request.POST.get(f"{help}-words", "")[:1000]
    commands.answer_help(offered, accepts=accepts, words=words, actor=request.actor, at=clock.now())
    said = _("{name} builds it with you from now on.") if accepts else _("Your answer is on its way to {name}.")
    messages.success(request, said.format(name=offered.name))
    return redirect("call:together", its_event.slug, proposal.code)


def leave(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Leave, after a page that says what it means."""
    its_event, proposal = _proposal(request, event, code)
    verdict = may_leave(request.actor, proposal)
    if request.method == "POST" and verdict is True:
        commands.leave_proposal(proposal, actor=request.actor, at=clock.now())
        messages.success(request, _("You have left «{title}».").format(title=proposal.title))
        return redirect("call:open", its_event.slug)
    status = 200 if verdict is True or request.method == "GET" else 409
    return render(request, "call/leave.html", {"proposal": proposal, "may_leave": verdict}, status=status)
