"""Suggesting other words: the page of anybody, the page of one's own suggestion, and the authors' answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.call import commands
from encommun.call.anonymity import one_as_everyone_sees
from encommun.call.content import SUGGESTED
from encommun.call.forms import SUGGESTED_LABELS, SuggestForm
from encommun.call.models import Suggestion
from encommun.call.queries import (
    proposal_of_author,
    public_proposal,
    suggestion_of_author,
    suggestion_seen_by,
    waiting_suggestions,
)
from encommun.call.rules import SUGGESTION_LINK, may_build
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import NotFound, Refused, require
from encommun.people.addresses import client_address
from encommun.people.commands import count_try
from encommun.people.links import open_link

HOUR = 3600


def suggest(request: HttpRequest, event: str, code: str, field: str) -> HttpResponse:
    """Write a field as one would like to read it."""
    found = event_of(request, event)
    proposal = public_proposal(found, code)
    if field not in SUGGESTED:
        raise NotFound()
    shown, keep = one_as_everyone_sees(proposal), f"call.suggest.{proposal.code}.{field}"
    initial = {"text": getattr(shown, field), "email": request.actor.email}
    form = SuggestForm(request.POST or None, field=field, initial=initial)
    context = {"proposal": shown, "form": form, "field": field, "keep": keep}
    if request.method == "POST" and form.is_valid():
        try:
            at = clock.now()
            count_try("call.suggest", client_address(request), at=at, most=60, seconds=HOUR)
            count_try("call.suggest_email", form.cleaned_data["email"], at=at, most=20, seconds=HOUR)
            made = commands.suggest_edit(proposal, field=field, **form.suggestion(), actor=request.actor, at=at)
        except Refused as refused:
            form.refuse(refused)
            return render(request, "call/suggest.html", context, status=409)
        if made.state == Suggestion.State.UNPROVEN:
            said = _("Thank you! One more click: open the letter that we have just sent to {email}, so that the authors are told.")
        else:
            said = _("Thank you! The authors are told, and answer you at {email}.")
        messages.success(request, said.format(email=made.email), extra_tags=keep)
        return redirect("call:suggest", found.slug, proposal.code, field)
    return render(request, "call/suggest.html", context, status=form.status)


def open_suggestion(request: HttpRequest, event: str, code: str, suggestion: str, token: str) -> HttpResponse:
    """The link of a letter: it opens one's own suggestion."""
    found = event_of(request, event)
    made = Suggestion.objects.filter(proposal__event=found, proposal__code=code, code=suggestion).exclude(email="").first()
    if made is None:
        raise NotFound()
    open_link(request, SUGGESTION_LINK, made.code, token)
    return redirect("call:own_suggestion", found.slug, code, made.code)


def own_suggestion(request: HttpRequest, event: str, code: str, suggestion: str) -> HttpResponse:
    """One's own suggestion: confirm it, take it back, see where it stands."""
    found = event_of(request, event)
    made = suggestion_seen_by(request.actor, found, code, suggestion)
    act = {"confirm": commands.confirm_suggestion, "take_back": commands.take_back_suggestion}.get(request.POST.get("act", ""))
    if act is not None:
        act(made, actor=request.actor, at=clock.now())
        confirmed = act is commands.confirm_suggestion
        messages.success(request, _("The authors are told. They answer you by e-mail.") if confirmed else _("It is taken back."))
        return redirect("call:own_suggestion", found.slug, code, made.code)
    context = {"suggestion": made, "proposal": made.proposal, "label": SUGGESTED_LABELS[made.field]}
    return render(request, "call/own_suggestion.html", context)


def suggestions(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """What others suggest, word by word, for the authors."""
    found = event_of(request, event)
    proposal = proposal_of_author(found, code, request.actor)
    require(may_build(request.actor, proposal))
    listed = [(one, SUGGESTED_LABELS[one.field], getattr(proposal, one.field)) for one in waiting_suggestions(proposal)]
    return render(request, "call/suggestions.html", {"proposal": proposal, "suggestions": listed})


@require_POST
def answer_suggestion(request: HttpRequest, event: str, code: str, suggestion: str) -> HttpResponse:
    """Take a suggestion up in one click, or decline it with a word."""
    found = event_of(request, event)
    proposal = proposal_of_author(found, code, request.actor)
    made = suggestion_of_author(request.actor, proposal, suggestion)
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdigit() else 0
    try:
        if request.POST.get("answer") == "take":
            commands.take_suggestion(made, version=version, actor=request.actor, at=clock.now())
            messages.success(request, _("It is in your text. Thank you to whoever had the idea: the history says so."))
        elif request.POST.get("answer") == "decline":
            words = request.POST.get("words", "")[:1000]
            commands.decline_suggestion(made, words=words, actor=request.actor, at=clock.now())
            messages.success(request, _("Your answer is on its way."))
        else:
            messages.error(request, _("Choose: take it up or decline."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("call:suggestions", found.slug, proposal.code)
