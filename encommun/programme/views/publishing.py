"""Publishing: the changes and the warnings first, then the confirmation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import Refused
from encommun.programme import commands
from encommun.programme.forms import PublishForm
from encommun.programme.queries import publishing_of
from encommun.programme.words import of_change, of_warning


def publish(request: HttpRequest, event: str) -> HttpResponse:
    """What the next version changes; confirmed, it is published."""
    found = team_event_of(request, event, Role.PROGRAMME)
    if request.method != "POST":
        return _page(request, found, None)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    facts = form.cleaned_data
    try:
        version = commands.publish_programme(found, note=facts["note"], seen=facts["seen"], actor=request.actor, at=clock.now())
    except Refused as refused:
        form.refuse(refused)
        return _page(request, found, form)
    messages.success(request, _("Version {number} is published.").format(number=version.number))
    return redirect("programme:team", found.slug)


def _page(request: HttpRequest, event: Event, form: PublishForm | None) -> HttpResponse:
    """The confirmation is tied to the draft shown here, also after a refusal."""
    publishing = publishing_of(event)
    if form is None:
        form = PublishForm(initial={"seen": publishing.digest})
    else:
        form.data = form.data.copy()
        form.data["seen"] = publishing.digest
    context = {
        "publishing": publishing,
        "form": form,
        "changes": [(change, of_change(change, event.zone)) for change in publishing.changes],
        "warnings": [of_warning(warned) for warned in publishing.warnings if not warned.is_info],
        "number": publishing.last.number + 1 if publishing.last else 1,
    }
    return render(request, "programme/publish.html", context, status=form.status)
