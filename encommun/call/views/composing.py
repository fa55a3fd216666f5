"""The team composes its call: text and dates, formats, questions, links for those who are late, a copy, a preview."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from encommun.call import commands
from encommun.call.composing_forms import CallForm, CopyForm, FormatForm, LateLinkForm, QuestionForm
from encommun.call.forms import ProposalForm
from encommun.call.models import Format, LateLink, Proposal, Question
from encommun.call.rules import LATE_LINK, call_of
from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.foundation.signing import link_token
from encommun.ui.forms import Form

type View = Callable[..., HttpResponse]


def in_zone(view: View) -> View:
    """For the programme team, with moments read and shown in the event's zone."""

    @wraps(view)
    def zoned(request: HttpRequest, event: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = team_event_of(request, event, Role.PROGRAMME)
        with timezone.override(found.zone):
            return view(request, found, *args, **kwargs)

    return zoned


@in_zone
def compose(request: HttpRequest, event: Event) -> HttpResponse:
    """The whole call on one page."""
    call = call_of(event)
    form = CallForm(request.POST or None, initial=CallForm.values_of(call))
    if request.method == "POST" and form.is_valid():
        try:
            commands.write_call(event, **form.call(), actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused, "reason" if refused.code == "reason_missing" else None)
            return _page(request, event, 409, form=form)
        messages.success(request, _("The call is kept."))
        return redirect("call:compose", event.slug)
    return _page(request, event, form.status, form=form)


def _page(request: HttpRequest, event: Event, status: int = 200, **more: Any) -> HttpResponse:
    call = call_of(event)
    links = [(one, _late_address(event, one)) for one in call.late_links.filter(ended_at=None)] if call is not None else []
    context = {
        "call": call,
        "formats": event.formats.all(),
        "questions": event.questions.select_related("axis", "format"),
        "late_links": links,
        "extensions": call.extensions.all() if call is not None else [],
        "late_form": LateLinkForm(),
        "form": CallForm(initial=CallForm.values_of(call)),
    }
    return render(request, "call/compose.html", context | more, status=status)


def _late_address(event: Event, link: LateLink) -> str:
    path = reverse("call:open_late", args=[event.slug, link.code, link_token(LATE_LINK, link.code)])
    return f"{settings.CONFIG.base_url}{path}"


@in_zone
def format(request: HttpRequest, event: Event, format: str = "") -> HttpResponse:
    """One format, new or not."""
    former = Format.objects.filter(event=event, slug=format).first()
    if format and former is None:
        raise NotFound()
    described = _described(event, request.GET.get("depuis", "")) if former is None else None
    form = FormatForm(request.POST or None, initial=FormatForm.values_of(former) if former else _as_format(described))
    context = {"form": form, "title": str(former) if former else _("A new format"), "may_remove": former is not None}
    who = {"actor": request.actor, "at": clock.now()}
    if request.method == "POST" and former is not None and "remove" in request.POST:
        return _do(request, event, form, context, lambda: commands.remove_format(event, former, **who))
    if request.method == "POST" and form.is_valid():
        if described is not None:
            return _do(request, event, form, context, lambda: commands.promote_format(described, form.text(), **who))
        return _do(request, event, form, context, lambda: commands.write_format(event, form.text(), format=former, **who))
    return render(request, "call/compose_part.html", context, status=form.status)


def _described(event: Event, code: str) -> Proposal | None:
    """The proposal whose described format becomes one of the call's."""
    found = Proposal.objects.filter(event=event, code=code, format__is_free=True).exclude(format_described="")
    one = found.exclude(published_at=None).select_related("format").first()
    if one is not None:
        one.event = event
    return one


def _as_format(described: Proposal | None) -> dict[str, object] | None:
    return {"name_fr": described.format_described[:60], "minutes": described.minutes or 60} if described is not None else None


@in_zone
def question(request: HttpRequest, event: Event, question: str = "") -> HttpResponse:
    """One question, new or not."""
    former = Question.objects.filter(event=event, code=question).select_related("axis", "format").first()
    if question and former is None:
        raise NotFound()
    form = QuestionForm(request.POST or None, event=event, initial=QuestionForm.values_of(former) if former else None)
    context = {"form": form, "title": str(former) if former else _("A new question"), "may_remove": former is not None}
    who = {"actor": request.actor, "at": clock.now()}
    if request.method == "POST" and former is not None and "remove" in request.POST:
        return _do(request, event, form, context, lambda: commands.remove_question(event, former, **who))
    if request.method == "POST" and form.is_valid():
        return _do(request, event, form, context, lambda: commands.write_question(event, form.text(), question=former, **who))
    return render(request, "call/compose_part.html", context, status=form.status)


def _do(request: HttpRequest, event: Event, form: Form, context: dict[str, Any], act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        form.is_valid()
        form.refuse(refused)
        return render(request, "call/compose_part.html", context, status=409)
    messages.success(request, _("The call is kept."))
    return redirect("call:compose", event.slug)


@in_zone
def late_links(request: HttpRequest, event: Event) -> HttpResponse:
    """Make a link for those who are late, or end one."""
    who = {"actor": request.actor, "at": clock.now()}
    if request.method == "POST" and (code := request.POST.get("end")):
        link = LateLink.objects.filter(call__event=event, code=code).select_related("call").first()
        if link is None:
            raise NotFound()
        commands.end_late_link(event, link, **who)
        return redirect("call:compose", event.slug)
    form = LateLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            commands.make_late_link(event, **form.cleaned_data, **who)
        except Refused as refused:
            form.refuse(refused)
            return _page(request, event, 409, late_form=form)
        return redirect("call:compose", event.slug)
    return _page(request, event, form.status, late_form=form)


@in_zone
def copy(request: HttpRequest, event: Event) -> HttpResponse:
    """Begin with the call of another gathering: never its people."""
    form = CopyForm(request.POST or None, event=event, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            dates = {name: data[name] for name in ("opens_at", "closes_at")}
            commands.copy_call(event, data["source"], **dates, actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused)
            return render(request, "call/compose_part.html", {"form": form, "title": _("Copy another call")}, status=409)
        messages.success(request, _("The call is kept."))
        return redirect("call:compose", event.slug)
    return render(request, "call/compose_part.html", {"form": form, "title": _("Copy another call")}, status=form.status)


@in_zone
def preview(request: HttpRequest, event: Event) -> HttpResponse:
    """The form as an author sees it. Nothing is saved from here."""
    form = ProposalForm(event=event, proposal=Proposal(event=event))
    return render(request, "call/preview.html", {"form": form, "call": call_of(event)})
