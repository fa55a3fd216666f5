"""Words that a team keeps to write again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.correspondence.commands import remove_template, save_template
from encommun.correspondence.forms import TemplateForm
from encommun.correspondence.models import LetterTemplate
from encommun.correspondence.rules import WRITERS
from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.refusals import NotFound, Refused


def templates(request: HttpRequest, event: str) -> HttpResponse:
    """All of them."""
    found = team_event_of(request, event, *WRITERS)
    return render(request, "correspondence/templates.html", {"models": LetterTemplate.objects.filter(event=found)})


def new(request: HttpRequest, event: str) -> HttpResponse:
    """Keep a new one."""
    return _form(request, team_event_of(request, event, *WRITERS), None)


def edit(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """Change one."""
    found = team_event_of(request, event, *WRITERS)
    return _form(request, found, _template(found, number))


@require_POST
def remove(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """Take one away."""
    found = team_event_of(request, event, *WRITERS)
    remove_template(_template(found, number), actor=request.actor, at=clock.now())
    messages.success(request, _("The model is removed. Letters written from it stay."))
    return redirect("correspondence:templates", found.slug)


def _template(event: Event, number: int) -> LetterTemplate:
    kept = LetterTemplate.objects.filter(event=event, pk=number).first()
    if kept is None:
        raise NotFound()
    kept.event = event
    return kept


def _form(request: HttpRequest, event: Event, kept: LetterTemplate | None) -> HttpResponse:
    initial = TemplateForm.initial_of(kept) | {"name": kept.name} if kept else {}
    form = TemplateForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            save_template(event, name=form.cleaned_data["name"], **form.words, template=kept, actor=request.actor, at=clock.now())
            messages.success(request, _("Saved."))
            return redirect("correspondence:templates", event.slug)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "correspondence/template_form.html", {"form": form, "model": kept}, status=form.status)
