"""Choosing together: the reader's list and page, what the team settles, the public method, and the two voluntary questions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from encommun.call import commands
from encommun.call.models import Circumstances, Criterion, Proposal
from encommun.call.queries import proposal_of_author, team_proposal
from encommun.call.queries.balance import balance_of
from encommun.call.queries.method import method_of
from encommun.call.queries.readers import readers_of
from encommun.call.queries.reading import ReadingPage, proposal_to_read, reading_list, reading_of, readings_given
from encommun.call.reading import choosing_of, may_review
from encommun.call.reading_forms import AssignForm, ChoosingForm, CircumstancesForm, CriterionForm, ReviewForm
from encommun.call.rules import author_among
from encommun.deliberation.queries import interest_counts
from encommun.events.models import Event
from encommun.events.pages import event_of, render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import STATUS, ChangedMeanwhile, NotFound, Refused
from encommun.foundation.text import clean_line
from encommun.ui.public_pages import public_page


def reading(request: HttpRequest, event: str) -> HttpResponse:
    """What there is to read: for the programme team and the committee."""
    found = event_of(request, event)
    words = clean_line(request.GET.get("q", ""))[:100]
    lines = reading_list(request.actor, found, words=words)
    waiting = sum(line.state in ("to_read", "begun") for line in lines)
    context = {"lines": lines, "words": words, "waiting": waiting, "choosing": choosing_of(found)}
    return render(request, "call/reading.html", context)


def read(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """One proposal to read, one's own view, and others' once one's own is given."""
    found = event_of(request, event)
    page = reading_of(request.actor, found, code)
    form = ReviewForm(request.POST or None, criteria=page.criteria, review=page.review)
    if request.method == "POST" and form.is_valid():
        try:
            return _write(request, found, code, form)
        except ChangedMeanwhile as refused:
            form.carry(page.review.saved if page.review is not None else 0)
            form.refuse(refused)
            return _read_page(request, found, page, form, 409)
        except Refused as refused:
            form.refuse(refused)
            return _read_page(request, found, page, form, STATUS[refused.kind])
    return _read_page(request, found, page, form, form.status)


def _write(request: HttpRequest, event: Event, code: str, form: ReviewForm) -> HttpResponse:
    proposal = proposal_to_read(request.actor, event, code)
    gives = request.POST.get("act") == "give"
    written = commands.write_review(proposal, **form.review(), gives=gives, actor=request.actor, at=clock.now())
    if written.given_at is None:
        said = _("Your draft is kept. Nobody else reads it.")
    else:
        said = _("Your view is given. Here is what the others think.")
    messages.success(request, said, extra_tags=_keep(code))
    return redirect("call:read", event.slug, code)


def _keep(code: str) -> str:
    """Names the form in the browser that keeps its text."""
    return f"review.{code}"


def _read_page(request: HttpRequest, event: Event, page: ReadingPage, form: ReviewForm, status: int) -> HttpResponse:
    proposal = proposal_to_read(request.actor, event, page.proposal.code)
    context = {
        "reading": page,
        "proposal": page.proposal,
        "form": form,
        "keep": _keep(page.proposal.code),
        "may_review": may_review(request.actor, proposal, page.choosing),
    }
    return render(request, "call/read.html", context, status=status)


@require_POST
def conflict(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Too close to it, or a wrong click."""
    found = event_of(request, event)
    proposal = proposal_to_read(request.actor, found, code)
    if request.POST.get("act") == "undo":
        commands.take_conflict_back(proposal, actor=request.actor, at=clock.now())
        messages.success(request, _("It is noted: you can read it."))
        return redirect("call:read", found.slug, code)
    commands.declare_conflict(proposal, actor=request.actor, at=clock.now())
    messages.success(request, _("It is noted: others read it. You need not say why."))
    return redirect("call:reading", found.slug)


@public_page()
def method(request: HttpRequest, event: str) -> HttpResponse:
    """How proposals are chosen: method, criteria, dates, numbers, for everyone."""
    found = event_of(request, event)
    return render(request, "call/method.html", {"method": method_of(found)})


def choosing(request: HttpRequest, event: str) -> HttpResponse:
    """The team's side: where we are, criteria, readers."""
    found = team_event_of(request, event, Role.PROGRAMME)
    form = ChoosingForm(request.POST or None, initial=ChoosingForm.values_of(choosing_of(found)))
    if request.method == "POST" and form.is_valid():
        try:
            commands.set_choosing(found, **form.choosing(), actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused)
            return _choosing_page(request, found, STATUS[refused.kind], form=form)
        messages.success(request, _("It is noted."))
        return redirect("call:choosing", found.slug)
    return _choosing_page(request, found, form.status, form=form)


def _choosing_page(request: HttpRequest, event: Event, status: int = 200, **forms: Any) -> HttpResponse:
    readers, given = readers_of(event), readings_given(event)
    published = list(Proposal.objects.filter(event=event, state=Proposal.State.PUBLISHED).values_list("pk", flat=True))
    its = choosing_of(event)
    wanted = its.readers_each if its is not None else 2
    context = {
        "choosing": its,
        "form": ChoosingForm(initial=ChoosingForm.values_of(its)),
        "criteria": event.criteria.all(),
        "readers": readers,
        "assign": AssignForm(event=event, readers=readers),
        "published": len(published),
        "read_enough": sum(given.get(pk, 0) >= wanted for pk in published),
        "not_read": sum(given.get(pk, 0) == 0 for pk in published),
    }
    return render(request, "call/choosing.html", context | forms, status=status)


@require_POST
def assign(request: HttpRequest, event: str) -> HttpResponse:
    """Ask readers."""
    found = team_event_of(request, event, Role.PROGRAMME)
    form = AssignForm(request.POST, event=found, readers=readers_of(found))
    if not form.is_valid():
        return _choosing_page(request, found, 422, assign=form)
    try:
        count = commands.assign_readers(found, **form.cleaned_data, actor=request.actor, at=clock.now())
    except Refused as refused:
        form.refuse(refused)
        return _choosing_page(request, found, STATUS[refused.kind], assign=form)
    messages.success(request, ngettext("{n} reading is asked.", "{n} readings are asked.", count).format(n=count))
    return redirect("call:choosing", found.slug)


def criterion(request: HttpRequest, event: str, number: int | None = None) -> HttpResponse:
    """Write a criterion, change it, or take it away."""
    found = team_event_of(request, event, Role.PROGRAMME)
    its = Criterion.objects.filter(event=found, pk=number).first() if number is not None else None
    if number is not None and its is None:
        raise NotFound()
    if its is not None and request.POST.get("act") == "drop":
        commands.drop_criterion(its, actor=request.actor, at=clock.now())
        messages.success(request, _("It is gone."))
        return redirect("call:choosing", found.slug)
    form = CriterionForm(request.POST or None, initial=CriterionForm.values_of(its))
    if request.method == "POST" and form.is_valid():
        commands.write_criterion(found, **form.criterion(), criterion=its, actor=request.actor, at=clock.now())
        messages.success(request, _("It is noted."))
        return redirect("call:choosing", found.slug)
    return render(request, "call/criterion.html", {"form": form, "criterion": its}, status=form.status)


@require_POST
def ask_reader(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Ask one person to read one proposal."""
    found = team_event_of(request, event, Role.PROGRAMME)
    proposal = team_proposal(found, code, actor=request.actor)
    typed = request.POST.get("reader", "")
    try:
        reader = int(typed) if typed.isdecimal() and len(typed) < 12 else 0
        commands.assign_by_hand(proposal, reader=reader, actor=request.actor, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("call:team_proposal", found.slug, code)
    messages.success(request, _("It is noted."))
    return redirect("call:team_proposal", found.slug, code)


def balance(request: HttpRequest, event: str) -> HttpResponse:
    """The balance of the selection as it stands, answers that have not left included; and who interests people."""
    found = team_event_of(request, event, Role.PROGRAMME)
    counts = interest_counts(found, "proposal")
    context = {"balance": balance_of(found, released_only=False), "interests": sum(counts.values())}
    return render(request, "call/balance.html", context)


def circumstances(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Two questions for an author, which she may leave without an answer."""
    found = event_of(request, event)
    proposal = proposal_of_author(found, code, request.actor)
    author = author_among(request.actor, proposal)
    if author is None:
        raise NotFound()
    told = Circumstances.objects.filter(author=author).first()
    initial = {"territory": told.territory, "first_time": told.first_time} if told is not None else {}
    form = CircumstancesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        commands.tell_circumstances(proposal, **form.cleaned_data, actor=request.actor, at=clock.now())
        messages.success(request, _("Thank you. You can change it here at any time."))
        return redirect("call:circumstances", found.slug, proposal.code)
    return render(request, "call/circumstances.html", {"form": form, "proposal": proposal}, status=form.status)
