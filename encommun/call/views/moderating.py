"""«Signaler» a proposal, and what coordination does with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from encommun.call import commands
from encommun.call.anonymity import one_as_everyone_sees
from encommun.call.models import Proposal
from encommun.call.queries import public_proposal
from encommun.call.queries.moderation import removed_proposals, reported_proposals
from encommun.deliberation.forms import ReportForm
from encommun.deliberation.models import Reason
from encommun.events.pages import event_of, render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.people.addresses import client_address
from encommun.people.commands import count_try

HOUR = 3600


def report(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """A reason and a word; who reports is not kept."""
    found = event_of(request, event)
    shown = public_proposal(found, code)
    form = ReportForm(request.POST or None)
    status = form.status
    if request.method == "POST" and form.is_valid():
        try:
            count_try("call.report", client_address(request), at=clock.now(), most=20, seconds=HOUR)
            commands.report_proposal(shown, **form.report(), actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused)
            status = 409
        else:
            messages.success(request, _("Thank you. The team looks at it, and the proposal stays until then."))
            return redirect("call:report", found.slug, shown.code)
    return render(request, "call/report.html", {"proposal": one_as_everyone_sees(shown), "form": form}, status=status)


def reported(request: HttpRequest, event: str) -> HttpResponse:
    """What waits, and what was removed."""
    found = team_event_of(request, event, Role.COORDINATION)
    if request.method == "POST":
        return _act(request, found.slug, Proposal.objects.filter(event=found, code=request.POST.get("proposal", "")).first())
    context = {"waiting": reported_proposals(request.actor, found), "removed": removed_proposals(request.actor, found)}
    return render(request, "call/reported.html", context | {"reasons": Reason.choices})


def _act(request: HttpRequest, slug: str, proposal: Proposal | None) -> HttpResponse:
    if proposal is None:
        raise NotFound()
    who = {"actor": request.actor, "at": clock.now()}
    try:
        if request.POST.get("act") == "remove":
            commands.remove_proposal(proposal, reason=request.POST.get("reason", ""), **who)
            messages.success(request, _("It is no longer public. Its authors are told why."))
        elif request.POST.get("act") == "put_back":
            commands.put_back_proposal(proposal, **who)
            messages.success(request, _("It is public again."))
        else:
            commands.keep_proposal(proposal, **who)
            messages.success(request, _("It stays."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("call:reported", slug)
