"""The notes of a session."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.commons.commands import ask_for_credit, correct_note, mark_note_done, open_note, save_note
from encommun.commons.forms import CreditForm, NoteForm
from encommun.commons.models import Note
from encommun.commons.queries import note_of, session_to_note
from encommun.commons.rules import LINK
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import ChangedMeanwhile, NotFound, Refused
from encommun.people.links import open_link
from encommun.programme.models import Session
from encommun.ui.dates import clock_time


def note(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Open the notes, write them, say that they are done."""
    session = session_to_note(request.actor, event_of(request, event), code)
    found = note_of(session)
    if request.method == "POST":
        return _save(request, found) if found else _open(request, session)
    if found is None:
        return render(request, "commons/open_note.html", {"session": session, "first": template(session)})
    return _page(request, found, NoteForm(initial={"text": found.text, "version": found.version}))


@require_POST
def credit(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Ask to be named."""
    found = note_of(session_to_note(request.actor, event_of(request, event), code))
    if found is None:
        raise NotFound()
    form = CreditForm(request.POST)
    if form.is_valid():
        try:
            ask_for_credit(found, name=form.cleaned_data["name"], actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Thank you: your name will stand with the published text."))
            return redirect("commons:note", event, code)
    writing = NoteForm(initial={"text": found.text, "version": found.version})
    return _page(request, found, writing, credit_form=form, status=422)


def link(request: HttpRequest, event: str, code: str, token: str) -> HttpResponse:
    """Somebody without account opens the notes from a letter."""
    found = Note.objects.filter(session__event=event_of(request, event), session__code=code).first()
    if found is None:
        raise NotFound()
    open_link(request, LINK, code, token, found.link_epoch)
    return redirect("commons:note", event, code)


def template(session: Session) -> str:
    """The text that notes begin with, in the session's language."""
    language = "en" if session.language.startswith("en") else "fr"
    return render_to_string(f"commons/notes/template.{language}.md", {"session": session})


def _open(request: HttpRequest, session: Session) -> HttpResponse:
    open_note(session, text=template(session), actor=request.actor, at=clock.now())
    return redirect("commons:note", session.event.slug, session.code)


def _save(request: HttpRequest, found: Note) -> HttpResponse:
    form = NoteForm(request.POST)
    if "application/json" in request.headers.get("Accept", ""):
        return _keep(request, found, form)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        with transaction.atomic():
            saved = save_note(found, actor=request.actor, at=clock.now(), **form.cleaned_data)
            _go_on(request, saved)
    except ChangedMeanwhile as refused:
        return _both(request, found, form, refused)
    except Refused as refused:
        form.refuse(refused)
        return _page(request, found, form, status=422)
    return redirect("commons:note", request.event.slug, found.session.code)


def _keep(request: HttpRequest, found: Note, form: NoteForm) -> JsonResponse:
    """The text as it is being typed, sent by <en-keep>."""
    if not form.is_valid():
        return JsonResponse(
            {"code": "invalid", "detail": " ".join(form.errors.get("text", [_("This cannot be saved.")]))}, status=422
        )
    try:
        saved = save_note(found, actor=request.actor, at=clock.now(), **form.cleaned_data)
    except Refused as refused:
        return JsonResponse({"code": refused.code, "detail": refused.sentence}, status=409)
    return JsonResponse({"version": saved.version, "saved_at": clock_time(saved.saved_at, request.event.zone)})


def _go_on(request: HttpRequest, saved: Note) -> None:
    match request.POST.get("then"):
        case "done":
            mark_note_done(saved, actor=request.actor, at=clock.now())
            messages.success(request, _("Thank you. The people of the session are asked to read the notes again."))
        case "corrected":
            correct_note(saved, actor=request.actor, at=clock.now())
            messages.success(request, _("The notes are marked as right. The commons team can publish them."))
        case _:
            messages.success(request, _("Saved."))


def _both(request: HttpRequest, found: Note, form: NoteForm, refused: Refused) -> HttpResponse:
    """Somebody saved first: both texts on the page, and the next save counts from hers."""
    form.data = form.data.copy()
    form.data["version"] = str(found.version)
    form.refuse(refused)
    return _page(request, found, form, theirs=found.text, status=409)


def _page(request: HttpRequest, found: Note, form: NoteForm, *, status: int = 200, **context: Any) -> HttpResponse:
    facts = {
        "note": found,
        "session": found.session,
        "form": form,
        "keep": f"note.{found.session.code}",
        "credit_form": CreditForm(),
        "takers": found.takers.all(),
        "revisions": found.revisions.order_by("-version")[:8],
        "resource": getattr(found, "resource", None),
    }
    return render(request, "commons/note.html", facts | context, status=status)
