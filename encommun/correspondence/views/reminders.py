"""Letters that come with the dates of the gathering."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.correspondence.commands import ReminderText, remove_reminder, set_reminder
from encommun.correspondence.forms import ReminderForm
from encommun.correspondence.models import Reminder
from encommun.correspondence.queries import segments_for
from encommun.correspondence.rules import WRITERS
from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.refusals import NotFound, Refused


def reminders(request: HttpRequest, event: str) -> HttpResponse:
    """All of them, in the order of their dates."""
    found = team_event_of(request, event, *WRITERS)
    return render(request, "correspondence/reminders.html", {"reminders": _seen(request, found)})


def new(request: HttpRequest, event: str) -> HttpResponse:
    """Set a new one."""
    return _form(request, team_event_of(request, event, *WRITERS), None)


def edit(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """Change one."""
    found = team_event_of(request, event, *WRITERS)
    return _form(request, found, _reminder(request, found, number))


@require_POST
def remove(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """Take one away."""
    found = team_event_of(request, event, *WRITERS)
    remove_reminder(_reminder(request, found, number), actor=request.actor, at=clock.now())
    messages.success(request, _("The reminder is removed."))
    return redirect("correspondence:reminders", found.slug)


def _seen(request: HttpRequest, event: Event) -> list[Reminder]:
    slugs = [one.slug for one in segments_for(request.actor, event)]
    return list(Reminder.objects.filter(event=event, segment__in=slugs))


def _reminder(request: HttpRequest, event: Event, number: int) -> Reminder:
    kept = next((one for one in _seen(request, event) if one.pk == number), None)
    if kept is None:
        raise NotFound()
    kept.event = event
    return kept


def _form(request: HttpRequest, event: Event, kept: Reminder | None) -> HttpResponse:
    form = ReminderForm(
        request.POST if request.method == "POST" else None,
        segments=segments_for(request.actor, event),
        initial=ReminderForm.initial_of(kept) if kept else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            set_reminder(event, ReminderText(**form.facts), reminder=kept, actor=request.actor, at=clock.now())
            messages.success(request, _("Saved."))
            return redirect("correspondence:reminders", event.slug)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "correspondence/reminder_form.html", {"form": form, "reminder": kept}, status=form.status)
