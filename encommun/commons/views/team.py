"""The team's pages: sessions with and without notes, publishing."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from encommun.commons.commands import publish_resource, revise_resource, withdraw_resource
from encommun.commons.forms import PublishForm, ReviseForm
from encommun.commons.models import Note
from encommun.commons.queries import how_many_in_each_state, note_of, session_to_note, sessions_and_notes
from encommun.commons.rules import LINK, is_ready
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.foundation.signing import link_token


def team_list(request: HttpRequest, event: str) -> HttpResponse:
    """Sessions and the state of their notes."""
    found = team_event_of(request, event, Role.COMMONS)
    state = request.GET.get("etat", "")
    counts = how_many_in_each_state(found)
    names = {"none": _("Without notes"), **dict(Note.State.choices)}
    states = [(key, names[key], counts[key]) for key in names]
    sessions = sessions_and_notes(found, state=state, page=request.GET.get("page", 1))
    return render(request, "commons/team_list.html", {"sessions": sessions, "states": states, "state": state})


def publish(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Publish the notes of a session, then revise or withdraw the resource."""
    found = team_event_of(request, event, Role.COMMONS)
    note = note_of(session_to_note(request.actor, found, code))
    if note is None:
        raise NotFound()
    resource = getattr(note, "resource", None)
    if resource is None:
        return _publish(request, note)
    if request.method == "POST" and request.POST.get("then") == "withdraw":
        withdraw_resource(resource, actor=request.actor, at=clock.now())
        messages.success(request, _("The resource is withdrawn; its address says so."))
        return redirect("commons:team_list", event)
    return _revise(request, note, resource)


def _publish(request: HttpRequest, note: Note) -> HttpResponse:
    session = note.session
    licence = session.licence or (session.proposal.licence if session.proposal else "")
    form = PublishForm(request.POST or None, initial={"title": session.title, "licence": licence})
    if form.is_valid():
        try:
            resource = publish_resource(note, actor=request.actor, at=clock.now(), **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("commons:resource", request.event.slug, resource.code)
    return _page(request, note, form, ready=is_ready(note))


def _revise(request: HttpRequest, note: Note, resource: Any) -> HttpResponse:
    initial = {"title": resource.title, "text": resource.text, "version": resource.version}
    form = ReviseForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            revise_resource(resource, actor=request.actor, at=clock.now(), **form.cleaned_data)
        except Refused as refused:
            form.refuse(refused)
        else:
            return redirect("commons:resource", request.event.slug, resource.code)
    return _page(request, note, form, resource=resource)


def _page(request: HttpRequest, note: Note, form: Any, **context: Any) -> HttpResponse:
    session = note.session
    people = [part for part in session.parts.all() if part.name_is_public and part.name]
    path = reverse("commons:note_link", args=[request.event.slug, session.code, link_token(LINK, session.code, note.link_epoch)])
    facts = {
        "note": note,
        "session": session,
        "form": form,
        "people": people,
        "silent": len(session.parts.all()) - len(people),
        "takers": note.takers.all(),
        "note_link": settings.CONFIG.base_url + path,
    }
    return render(request, "commons/publish.html", facts | context, status=form.status)
