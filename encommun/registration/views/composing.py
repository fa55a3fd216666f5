"""Where the team composes its passes, and opens the sale."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import Refused
from encommun.registration import commands
from encommun.registration.forms import PassForm, QuestionForm, QuotaForm, TermsForm
from encommun.registration.queries import composed_of, pass_composed, question_composed, quota_composed, terms_of
from encommun.ui.forms import Form


def compose(request: HttpRequest, event: str) -> HttpResponse:
    """Passes, quotas, questions, conditions, and «ready to open?»."""
    found = team_event_of(request, event, Role.REGISTRATION)
    return render(request, "registration/team/compose.html", {"composed": composed_of(request.actor, found, clock.now())})


def new_pass(request: HttpRequest, event: str) -> HttpResponse:
    """A new kind of pass."""
    found = team_event_of(request, event, Role.REGISTRATION)
    form = PassForm(request.POST or None, event=found)
    return _save(
        request,
        found,
        form,
        lambda: commands.compose_pass(found, form.text(), actor=request.actor, at=clock.now()),
        title=_("A new pass"),
        done=_("The pass is there."),
    )


def edit_pass(request: HttpRequest, event: str, slug: str) -> HttpResponse:
    """Change a kind of pass."""
    found = team_event_of(request, event, Role.REGISTRATION)
    kind = pass_composed(request.actor, found, slug)
    form = PassForm(request.POST or None, event=found, pass_type=kind)
    return _save(
        request,
        found,
        form,
        lambda: commands.compose_pass(found, form.text(), pass_type=kind, actor=request.actor, at=clock.now()),
        title=str(kind.name),
        done=_("The pass is changed. What is booked already keeps its price and its days."),
    )


def new_quota(request: HttpRequest, event: str) -> HttpResponse:
    """Places counted together."""
    found = team_event_of(request, event, Role.REGISTRATION)
    form = QuotaForm(request.POST or None, event=found)
    return _save(
        request,
        found,
        form,
        lambda: commands.compose_quota(found, form.text(), actor=request.actor, at=clock.now()),
        title=_("Places counted together"),
        done=_("The quota is there."),
    )


def edit_quota(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """Change what a quota counts, and its size."""
    found = team_event_of(request, event, Role.REGISTRATION)
    quota = quota_composed(request.actor, found, number)
    form = QuotaForm(request.POST or None, event=found, quota=quota)
    return _save(
        request,
        found,
        form,
        lambda: commands.compose_quota(found, form.text(), quota=quota, actor=request.actor, at=clock.now()),
        title=quota.title,
        done=_("The quota is changed."),
    )


def new_question(request: HttpRequest, event: str) -> HttpResponse:
    """A question to those who come."""
    found = team_event_of(request, event, Role.REGISTRATION)
    form = QuestionForm(request.POST or None, event=found)
    return _save(
        request,
        found,
        form,
        lambda: commands.compose_question(found, form.text(), actor=request.actor, at=clock.now()),
        title=_("A question to those who come"),
        done=_("The question is asked from now on."),
    )


def edit_question(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """Change a question."""
    found = team_event_of(request, event, Role.REGISTRATION)
    question = question_composed(request.actor, found, number)
    form = QuestionForm(request.POST or None, event=found, question=question)
    return _save(
        request,
        found,
        form,
        lambda: commands.compose_question(found, form.text(), question=question, actor=request.actor, at=clock.now()),
        title=str(question.label),
        done=_("The question is changed."),
        withdraw=reverse("registration:team_question_withdraw", args=[found.slug, question.pk]),
    )


@require_POST
def withdraw_question(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """Ask a question no more."""
    found = team_event_of(request, event, Role.REGISTRATION)
    commands.withdraw_question(question_composed(request.actor, found, number), actor=request.actor, at=clock.now())
    messages.success(request, _("The question is no longer asked."))
    return _to_compose(found)


def terms(request: HttpRequest, event: str) -> HttpResponse:
    """Until when people change, hand over and cancel by themselves."""
    found = team_event_of(request, event, Role.REGISTRATION)
    form = TermsForm(request.POST or None, event=found, terms=terms_of(found))
    return _save(
        request,
        found,
        form,
        lambda: commands.set_terms(found, **form.arguments(), actor=request.actor, at=clock.now()),
        title=_("Changes and refunds"),
        done=_("The conditions are set: they are shown before people book, and before they cancel."),
    )


@require_POST
def trial(request: HttpRequest, event: str) -> HttpResponse:
    """Begin or end the test mode."""
    found = team_event_of(request, event, Role.REGISTRATION)
    try:
        if request.POST.get("step") == "end":
            count = commands.end_trial(found, actor=request.actor, at=clock.now())
            messages.success(request, _("The trial is over: {count} bookings were swept away.").format(count=count))
        else:
            commands.begin_trial(found, actor=request.actor, at=clock.now())
            messages.success(request, _("Test mode: only the team can book now, and nothing is paid."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return _to_compose(found)


def _save(
    request: HttpRequest, event: Event, form: Form, act: Callable[[], object], *, title: str, done: str, withdraw: str = ""
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act()
            messages.success(request, done)
            return _to_compose(event)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "title": title, "withdraw": withdraw}
    return render(request, "registration/team/compose_form.html", context, status=form.status)


def _to_compose(event: Event) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("registration:team_compose", args=[event.slug]))
