"""Joining a proposal: the page of somebody invited, «I can», and the page of one's own offer of help."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from encommun.call import commands
from encommun.call.anonymity import one_as_everyone_sees, wanted_as_everyone_sees
from encommun.call.forms import HelpForm
from encommun.call.models import Help, Invitation, Proposal
from encommun.call.queries import help_seen_by, invitation_seen_by, public_proposal
from encommun.call.rules import HELP_LINK, INVITATION_LINK, LINK, may_answer_invitation, may_offer_help
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import NotFound, Refused
from encommun.people.addresses import client_address
from encommun.people.commands import count_try
from encommun.people.links import give_link, open_link

HOUR = 3600


def open_invitation(request: HttpRequest, event: str, code: str, invitation: str, token: str) -> HttpResponse:
    """The link of a letter: it opens the invitation, and answers nothing by itself."""
    found = event_of(request, event)
    asked = Invitation.objects.filter(proposal__event=found, proposal__code=code, code=invitation).first()
    if asked is None:
        raise NotFound()
    open_link(request, INVITATION_LINK, asked.code, token)
    return redirect("call:invitation", found.slug, code, asked.code)


def invitation(request: HttpRequest, event: str, code: str, invitation: str) -> HttpResponse:
    """What one is invited to, and two buttons."""
    found = event_of(request, event)
    asked = invitation_seen_by(request.actor, found, code, invitation)
    if request.method == "POST" and request.POST.get("answer") in ("accept", "decline"):
        accepts = request.POST["answer"] == "accept"
        author = commands.answer_invitation(asked, accepts=accepts, actor=request.actor, at=clock.now())
        if author is not None:
            give_link(request, LINK, author.code)
            messages.success(
                request, _("Welcome! You build this proposal together from now on. Say here how you wish to be named.")
            )
            return redirect("call:draft", found.slug, asked.proposal.code)
        messages.success(request, _("It is noted. Thank you for telling us."))
        return redirect("call:invitation", found.slug, code, asked.code)
    context = {"invitation": asked, "proposal": asked.proposal, "may_answer": may_answer_invitation(request.actor, asked)}
    return render(request, "call/invitation.html", context)


def help(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """«I can»: two fields and a word, without account; the address is proven by a letter."""
    found = event_of(request, event)
    proposal = public_proposal(found, code)
    number = request.GET.get("pour", "")
    wanted = next((one for one in proposal.looks_for if str(one.pk) == number), None)
    form = HelpForm(request.POST or None, is_asked=wanted is not None, initial={"email": request.actor.email})
    if request.method == "POST" and form.is_valid():
        try:
            at = clock.now()
            count_try("call.help", client_address(request), at=at, most=40, seconds=HOUR)
            count_try("call.help_email", form.cleaned_data["email"], at=at, most=10, seconds=HOUR)
            offered = commands.offer_help(proposal, **form.help(), wanted=wanted, actor=request.actor, at=at)
        except Refused as refused:
            form.refuse(refused)
            return _help_page(request, proposal, form, 409, wanted=wanted)
        if offered.state == Help.State.UNPROVEN:
            said = _("Thank you! One more click: open the letter that we have just sent to {email}, so that the authors are told.")
        else:
            said = _("Thank you! The authors are told, and answer you at {email}.")
        messages.success(request, said.format(email=offered.email))
        return redirect("call:help", found.slug, proposal.code)
    return _help_page(request, proposal, form, form.status, wanted=wanted)


def _help_page(request: HttpRequest, proposal: Proposal, form: HelpForm, status: int, **more: object) -> HttpResponse:
    wanted = wanted_as_everyone_sees([more["wanted"]], request.event)[0] if more.get("wanted") else None
    context = {"proposal": one_as_everyone_sees(proposal), "form": form, "may_help": may_offer_help(proposal), "wanted": wanted}
    return render(request, "call/help.html", context, status=status)


def open_help(request: HttpRequest, event: str, code: str, help: str, token: str) -> HttpResponse:
    """The link of a letter: it opens one's own offer of help."""
    found = event_of(request, event)
    offered = Help.objects.filter(proposal__event=found, proposal__code=code, code=help).exclude(email="").first()
    if offered is None:
        raise NotFound()
    open_link(request, HELP_LINK, offered.code, token)
    return redirect("call:own_help", found.slug, code, offered.code)


def own_help(request: HttpRequest, event: str, code: str, help: str) -> HttpResponse:
    """One's own offer: confirm it, take it back, see where it stands."""
    found = event_of(request, event)
    offered = help_seen_by(request.actor, found, code, help)
    act = {"confirm": commands.confirm_help, "take_back": commands.take_back_help}.get(request.POST.get("act", ""))
    if act is not None:
        act(offered, actor=request.actor, at=clock.now())
        said = _("The authors are told. They answer you by e-mail.") if act is commands.confirm_help else _("It is taken back.")
        messages.success(request, said)
        return redirect("call:own_help", found.slug, code, offered.code)
    return render(request, "call/own_help.html", {"help": offered, "proposal": offered.proposal})
