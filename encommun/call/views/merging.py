"""Merging by agreement, and splitting: «these look close», a merge with everybody's answer, a second proposal out of one."""

import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from encommun.call import commands
from encommun.call.anonymity import as_the_team_sees, hidden_in, hidden_words, one_as_everyone_sees
from encommun.call.content import Content
from encommun.call.forms import CloseForm, MergeForm, MergeOpenForm, answers_as_fields
from encommun.call.models import Merge, Proposal
from encommun.call.queries import asked_by, merge_seen_by, proposal_of_author, public_proposal, said_close
from encommun.call.refusals import NotComplete
from encommun.call.rules import LINK, author_among, may_answer_merge, may_choose, may_split, may_undo_merge
from encommun.events.models import Event
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import NotFound, Refused
from encommun.people.addresses import client_address
from encommun.people.commands import count_try
from encommun.people.links import give_link

HOUR = 3600


def say_close(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Anybody may say that two proposals look close, and why."""
    found = event_of(request, event)
    proposal = public_proposal(found, code)
    form = CloseForm(request.POST or None, initial={"other": request.GET.get("avec", "")})
    if request.method == "POST" and form.is_valid():
        try:
            count_try("call.close", client_address(request), at=clock.now(), most=20, seconds=HOUR)
            other = _named(found, form.cleaned_data["other"])
            commands.say_close(proposal, other, reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused, "other" if isinstance(refused, NotFound) else None)
            return render(request, "call/say_close.html", {"proposal": one_as_everyone_sees(proposal), "form": form}, status=409)
        messages.success(request, _("Thank you! The authors of both read it, and decide."))
        return redirect("call:say_close", found.slug, proposal.code)
    return render(request, "call/say_close.html", {"proposal": one_as_everyone_sees(proposal), "form": form}, status=form.status)


def _named(event: Event, typed: str) -> Proposal:
    """The public proposal that a code or an address names."""
    words = [word for word in re.split(r"[/?#\s]+", typed) if word]
    found = {one.code: one for one in Proposal.objects.filter(event=event, code__in=words, state=Proposal.State.PUBLISHED)}
    for word in reversed(words):
        if word in found:
            return found[word]
    raise NotFound()


def open_merge(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """An author, or the programme team, asks that two become one."""
    found = event_of(request, event)
    proposal = _for_merging(request, found, code)
    form = MergeOpenForm(request.POST or None, initial={"other": request.GET.get("avec", "")})
    if request.method == "POST" and form.is_valid():
        try:
            other = _named(found, form.cleaned_data["other"])
            other.event = found
            words = form.cleaned_data["words"]
            merge = commands.open_merge(proposal, other, words=words, actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused, "other" if isinstance(refused, NotFound) else None)
            return _open_page(request, proposal, form, 409)
        messages.success(request, _("Everybody who wrote one or the other is asked. Nothing changes before they all say yes."))
        return redirect("call:merge", found.slug, merge.code)
    return _open_page(request, proposal, form, form.status)


def _for_merging(request: HttpRequest, event: Event, code: str) -> Proposal:
    if may_choose(request.actor, event):
        return public_proposal(event, code)
    return proposal_of_author(event, code, request.actor)


def _open_page(request: HttpRequest, proposal: Proposal, form: MergeOpenForm, status: int) -> HttpResponse:
    is_hers, event = author_among(request.actor, proposal) is not None, proposal.event
    close = said_close(proposal)
    if not is_hers:
        hide = hidden_words(request.actor, [proposal, *(other for other, _reason in close)], event)
        close = [(as_the_team_sees(request.actor, [other], event)[0], hide(reason)) for other, reason in close]
    shown = proposal if is_hers else as_the_team_sees(request.actor, [proposal], event)[0]
    return render(request, "call/merge_open.html", {"proposal": shown, "form": form, "close": close}, status=status)


def merge(request: HttpRequest, event: str, merge: str) -> HttpResponse:
    """The text that both would become, who said yes, and one's own answer."""
    found = event_of(request, event)
    asked = merge_seen_by(request.actor, found, merge)
    if request.method == "POST":
        return _answer(request, found, asked)
    return _merge_page(request, asked)


def _answer(request: HttpRequest, event: Event, asked: Merge) -> HttpResponse:
    who = {"actor": request.actor, "at": clock.now()}
    typed, act = request.POST.get("round", ""), request.POST.get("act", "")
    round = int(typed) if typed.isascii() and typed.isdigit() else 0
    form = MergeForm(request.POST, event=event, proposal=asked.into) if act == "reword" else None
    try:
        if form is not None:
            if not form.is_valid():
                return _merge_page(request, asked, form, 422)
            commands.reword_merge(asked, form.content(), round=round, **who)
            said = _("The others are asked again, with this text.")
        elif act == "accept":
            commands.accept_merge(asked, round=round, **who)
            said = _("It is one proposal now. Thank you!") if asked.state == Merge.State.DONE else _("Your yes is noted.")
        elif act == "decline":
            commands.decline_merge(asked, words=request.POST.get("words", "")[:1000], **who)
            said = _("Each stays what it is. The others are told.")
        elif act == "take_back":
            commands.take_merge_back(asked, **who)
            said = _("It is taken back.")
        elif act == "undo":
            commands.undo_merge(asked, **who)
            said = _("They are two proposals again, each at its address.")
        else:
            return _merge_page(request, asked)
    except NotComplete as refused:
        for name, sentence in refused.details["missing"].items():
            form.add_error(name, sentence)
        return _merge_page(request, asked, form, 422)
    except NotFound:
        raise
    except Refused as refused:
        messages.error(request, refused.sentence)
        return _merge_page(request, merge_seen_by(request.actor, event, asked.code), form, 409)
    messages.success(request, said)
    return redirect("call:merge", event.slug, asked.code)


def _merge_page(request: HttpRequest, asked: Merge, form: MergeForm | None = None, status: int = 200) -> HttpResponse:
    event, at, two = asked.into.event, clock.now(), (asked.into, asked.other)
    people = asked_by(asked) if asked.state == Merge.State.OPEN else []
    mine = {author_among(request.actor, one) for one in two}
    hide = str if mine - {None} else hidden_words(request.actor, two, event)
    text = Content.kept(hidden_in(asked.fields, hide))
    into, other = two if mine - {None} else as_the_team_sees(request.actor, two, event)
    shown = Proposal(event=event)
    text.put_on(shown)
    context: dict[str, Any] = {
        "merge": asked,
        "into": into,
        "other": other,
        "words": hide(asked.words),
        "text": shown,
        "people": [(_("a person") if hide is not str else one.author.name, one.said_yes) for one in people],
        "said_yes": any(one.said_yes for one in people if one.author in mine),
        "may_answer": may_answer_merge(request.actor, asked),
        "may_undo": may_undo_merge(request.actor, asked, at),
        "form": form or MergeForm(initial=text.as_json() | answers_as_fields(text), event=event, proposal=asked.into),
    }
    return render(request, "call/merge.html", context, status=status)


def split(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Make a second proposal out of this one, after a page that says what it means."""
    found = event_of(request, event)
    proposal = proposal_of_author(found, code, request.actor)
    verdict = may_split(request.actor, proposal)
    if request.method == "POST" and verdict is True:
        made = commands.split_proposal(proposal, actor=request.actor, at=clock.now())
        give_link(request, LINK, made.authors.get().code)
        messages.success(request, _("Here is the second one, a draft with the same text: keep in each what belongs to it."))
        return redirect("call:draft", found.slug, made.code)
    status = 200 if verdict is True or request.method == "GET" else 409
    return render(request, "call/split.html", {"proposal": proposal, "may_split": verdict}, status=status)
