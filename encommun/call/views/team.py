"""Choosing: the team's list, a page a proposal, and the answers that leave together."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from encommun.call import commands, letters
from encommun.call.anonymity import HIDDEN, as_the_team_sees, hides_authors_from, telling_words, veil, without
from encommun.call.forms import DecisionForm, ReleaseForm, WaitingForm
from encommun.call.models import Decision, Proposal
from encommun.call.queries import (
    history_in_words,
    ready_decisions,
    said_close_seen_by,
    team_counts,
    team_proposal,
    team_proposals,
    waiting_proposals,
)
from encommun.call.queries.moderation import reported_count
from encommun.call.queries.readers import readers_of
from encommun.call.queries.reading import views_for_team
from encommun.call.rules import decision_of, is_author, may_decide
from encommun.call.search import close_pairs
from encommun.deliberation.queries import interest_counts
from encommun.deliberation.rules import may_moderate
from encommun.events.hours import in_words
from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import STATUS, NotFound, Refused
from encommun.foundation.text import clean_line


def proposals(request: HttpRequest, event: str) -> HttpResponse:
    """Every published proposal by axis, with where it stands."""
    found = team_event_of(request, event, Role.PROGRAMME)
    state, words = request.GET.get("etat", ""), clean_line(request.GET.get("q", ""))[:100]
    listed = as_the_team_sees(request.actor, team_proposals(found, actor=request.actor, state=state, words=words), found)
    counts = team_counts(found, actor=request.actor)
    context = {
        "by_axis": [(axis, list(group)) for axis, group in groupby(listed, key=lambda proposal: proposal.axis)],
        "states": [(name, label, counts[name.replace("-", "_") or "published"]) for name, label in states()],
        "state": state,
        "words": words,
        "drafts": counts["drafts"],
        "ready": counts["pretes"],
        "waiting": counts["waiting"],
        "reported": reported_count(found) if may_moderate(request.actor, found) is True else 0,
        "count": len(listed),
    }
    return render(request, "call/team_list.html", context)


def states() -> list[tuple[str, str]]:
    """The states of the choosing by which the team sifts."""
    return [
        ("", _("All proposals")),
        ("a-repondre", _("To be answered")),
        ("pretes", _("Answer ready")),
        ("attendent", _("Waiting for the authors")),
        ("confirmees", _("Confirmed by their authors")),
        ("declinees", _("Declined by their authors")),
        ("autres-reponses", _("Other answers")),
        ("retirees", _("Withdrawn proposals")),
    ]


def waiting(request: HttpRequest, event: str) -> HttpResponse:
    """First proposals: read them, publish them, or say why not."""
    found = team_event_of(request, event, Role.PROGRAMME)
    if request.method == "POST":
        return _answer_waiting(request, found)
    return _waiting_page(request, found)


def _answer_waiting(request: HttpRequest, event: Event) -> HttpResponse:
    proposal = Proposal.objects.filter(event=event, code=request.POST.get("proposal", "")).exclude(asked_at=None).first()
    form = WaitingForm(request.POST, prefix=proposal.code if proposal is not None else None)
    if proposal is None:
        raise NotFound()
    if not form.is_valid():
        return _waiting_page(request, event, 422, form)
    who = {"actor": request.actor, "at": clock.now()}
    try:
        if form.cleaned_data["answer"] == "publish":
            commands.let_in_proposal(proposal, version=form.cleaned_data["version"], **who)
            messages.success(request, _("«{title}» is public.").format(title=proposal.title))
        else:
            commands.decline_publication(proposal, reason=form.cleaned_data["reason"], **who)
            messages.success(request, _("It stays a draft. Its authors read why."))
    except Refused as refused:
        form.refuse(refused, "reason" if refused.code == "reason_missing" else None)
        return _waiting_page(request, event, STATUS[refused.kind], form)
    return redirect("call:waiting", event.slug)


def _waiting_page(request: HttpRequest, event: Event, status: int = 200, typed: WaitingForm | None = None) -> HttpResponse:
    listed = as_the_team_sees(request.actor, waiting_proposals(event, actor=request.actor), event)
    forms = [
        (
            one,
            typed
            if typed is not None and typed.prefix == one.code
            else WaitingForm(prefix=one.code, initial={"version": one.version}),
        )
        for one in listed
    ]
    context = {"forms": forms, "hidden": hides_authors_from(request.actor, event)}
    return render(request, "call/waiting.html", context, status=status)


def close(request: HttpRequest, event: str) -> HttpResponse:
    """Pairs that look close, and those that readers say are: perhaps to bring together."""
    found = team_event_of(request, event, Role.PROGRAMME)
    pairs = [as_the_team_sees(request.actor, pair, found) for pair in close_pairs(found)]
    context = {"pairs": pairs, "said": said_close_seen_by(request.actor, found)}
    return render(request, "call/team_close.html", context)


def proposal(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """One proposal whole, with its authors' addresses, and the answer to write."""
    found = team_event_of(request, event, Role.PROGRAMME)
    shown = team_proposal(found, code, actor=request.actor)
    form = DecisionForm(request.POST or None, initial=_initial(decision_of(shown)), event=found)
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, found, shown, form)
        except Refused as refused:
            form.refuse(refused)
            return _proposal_page(request, shown, form, 409)
    return _proposal_page(request, shown, form, form.status)


def _initial(decision: Decision | None) -> dict[str, object]:
    if decision is None:
        return {}
    other = decision.merge_with.code if decision.merge_with is not None else ""
    said = {"outcome": decision.outcome, "ready": "own", "reason": decision.reason, "merge_with": other}
    return said | {"format": decision.format.slug if decision.format is not None else "", "minutes": decision.minutes}


def _decide(request: HttpRequest, event: Event, shown: Proposal, form: DecisionForm) -> HttpResponse:
    with translation.override(shown.language):  # the authors read the reason in their language
        reason = form.words()
    said = {name: form.cleaned_data[name] for name in ("outcome", "merge_with", "format", "minutes")}
    commands.decide(shown, **said, reason=reason, actor=request.actor, at=clock.now())
    messages.success(request, _("The answer is ready. The authors read it once answers are sent."))
    return redirect("call:team_list", event.slug)


def _proposal_page(request: HttpRequest, shown: Proposal, form: DecisionForm, status: int) -> HttpResponse:
    seen = as_the_team_sees(request.actor, [shown], shown.event)[0]
    context = {
        "proposal": seen,
        "authors": [(one, in_words(one.presence, shown.event)) for one in seen.authors.all()],
        "form": form,
        "decision": decision_of(shown),
        "may_decide": may_decide(request.actor, shown),
        "history": history_in_words(seen),
        "views": views_for_team(request.actor, shown),
        "is_own": is_author(request.actor, shown),
        "interested": interest_counts(shown.event, "proposal").get(shown.code, 0),
        "readers": readers_of(shown.event),
    }
    return render(request, "call/team_proposal.html", context, status=status)


def release(request: HttpRequest, event: str) -> HttpResponse:
    """The answers that are ready, each letter readable, and one button for them all."""
    found = team_event_of(request, event, Role.PROGRAMME)
    form = ReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            codes = commands.release_decisions(found, read=form.seen(), actor=request.actor, at=clock.now())
        except Refused as refused:
            messages.error(request, refused.sentence)
            return _release_page(request, found, 409)
        said = ngettext("{n} answer is on its way.", "{n} answers are on their way.", len(codes))
        messages.success(request, said.format(n=len(codes)))
        return redirect("call:team_list", found.slug)
    return _release_page(request, found, form.status)


def _release_page(request: HttpRequest, event: Event, status: int) -> HttpResponse:
    ready = list(ready_decisions(event).select_related("proposal__axis").prefetch_related("proposal__authors"))
    for decision in ready:
        decision.proposal.event = event
    read = " ".join(f"{decision.proposal.code}@{decision.decided_at.isoformat()}" for decision in ready)
    hidden = hides_authors_from(request.actor, event)
    drafts = [_hidden_letter(decision) if hidden else (decision, _letter(decision, _name_of(decision))) for decision in ready]
    context = {"ready": drafts, "form": ReleaseForm(initial={"read": read})}
    return render(request, "call/release.html", context, status=status)


def _name_of(decision: Decision) -> str:
    return decision.proposal.authors.all()[0].name


def _hidden_letter(decision: Decision) -> tuple[Decision, dict[str, str]]:
    """The letter for somebody who must not know whose the proposal is: its authors read it with their names."""
    words = telling_words(decision.proposal.authors.all())
    letter = {part: without(words, text) for part, text in _letter(decision, HIDDEN).items()}
    decision.proposal = veil(decision.proposal)
    return decision, letter


def _letter(decision: Decision, name: str) -> dict[str, str]:
    """The letter as it will leave: subject and body."""
    shown = decision.proposal
    shown.decision = decision
    context = letters.decision_context(shown) | {"name": letters.harmless(name)}
    with translation.override(shown.language):
        source = render_to_string(f"call/letters/decision.{shown.language[:2]}.md", context)
    subject, _blank, body = source.strip().partition("\n")
    return {"subject": subject, "body": body.strip()}
