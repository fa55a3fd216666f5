"""Write to a group, read again, send."""

import csv
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.http import require_POST

from encommun.call.anonymity import hides_authors_from
from encommun.correspondence.commands import drop_letter, edit_letter, release_letter, write_group_letter
from encommun.correspondence.commands.write_to_recipients import signature
from encommun.correspondence.forms import LetterForm, ReleaseForm
from encommun.correspondence.models import GroupLetter, LetterTemplate
from encommun.correspondence.queries import (
    Person,
    Segment,
    group_letter_seen_by,
    group_letters_seen_by,
    people_of,
    progress_of,
    segment_named,
    segments_for,
)
from encommun.correspondence.rules import WRITERS, fill
from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.refusals import NotFound, Refused
from encommun.ui.spreadsheets import cell

A_PAGE = 30


def letters(request: HttpRequest, event: str) -> HttpResponse:
    """What waits to be read again, what left, and the groups with their count."""
    found = team_event_of(request, event, *WRITERS)
    seen = group_letters_seen_by(request.actor, found)
    gone = seen.exclude(state=GroupLetter.State.DRAFT)
    context = {
        "drafts": [
            (one, len(people_of(segment_named(one.segment), found))) for one in seen.filter(state=GroupLetter.State.DRAFT)[:50]
        ],
        "gone": Paginator(gone, A_PAGE).get_page(request.GET.get("page")),
        "hidden": hides_authors_from(request.actor, found),
        "groups": [(one, len(people_of(one, found))) for one in segments_for(request.actor, found)],
    }
    return render(request, "correspondence/letters.html", context)


def new(request: HttpRequest, event: str) -> HttpResponse:
    """Write a draft, from nothing or from a model."""
    found = team_event_of(request, event, *WRITERS)
    segments = segments_for(request.actor, found)
    models = list(LetterTemplate.objects.filter(event=found))
    chosen = next((one for one in models if str(one.pk) == request.GET.get("modele")), None)
    initial = {"segment": request.GET.get("groupe", "")} | (LetterForm.initial_of(chosen) if chosen else {})
    form = LetterForm(request.POST if request.method == "POST" else None, segments=segments, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = write_group_letter(
                found, segment=form.cleaned_data["segment"], **form.words, actor=request.actor, at=clock.now()
            )
            messages.success(request, _("The letter is kept. Read it again: nothing has left."))
            return redirect("correspondence:letter", found.slug, made.code)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "correspondence/new.html", {"form": form, "models": models, "chosen": chosen}, status=form.status)


def letter(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """A draft to read again and change; or how far a letter that left has come."""
    found = team_event_of(request, event, *WRITERS)
    kept = group_letter_seen_by(request.actor, found, code)
    if kept.state != GroupLetter.State.DRAFT:
        return render(
            request, "correspondence/gone.html", {"letter": kept, "progress": progress_of(kept)} | _as_read(request, kept)
        )
    initial = LetterForm.initial_of(kept) | {"segment": kept.segment, "version": kept.version}
    form = LetterForm(
        request.POST if request.method == "POST" else None, segments=segments_for(request.actor, found), initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            edit_letter(
                kept,
                segment=form.cleaned_data["segment"],
                version=form.cleaned_data["version"] or 0,
                **form.words,
                actor=request.actor,
                at=clock.now(),
            )
            messages.success(request, _("Saved. Read it again below."))
            return redirect("correspondence:letter", found.slug, kept.code)
        except Refused as refused:
            form.refuse(refused)
            form.data = form.data | {"version": str(group_letter_seen_by(request.actor, found, code).version)}
    return _draft(request, kept, form)


def _draft(request: HttpRequest, kept: GroupLetter, form: LetterForm) -> HttpResponse:
    context = {"letter": kept, "form": form, "release": ReleaseForm(initial={"version": kept.version})} | _as_read(request, kept)
    return render(request, "correspondence/draft.html", context, status=form.status)


def _as_read(request: HttpRequest, kept: GroupLetter) -> dict[str, Any]:
    """The letter as one of its people would read it, without what is secret; ``?n=`` chooses who."""
    people = (
        people_of(segment_named(kept.segment), kept.event)
        if kept.state == GroupLetter.State.DRAFT
        else [
            Person(email=one.email, name=one.name, language=one.language, links=one.links)
            for one in kept.recipients.order_by("pk")[:200]
        ]
    )
    asked = request.GET.get("n", "1")
    n = min(max(int(asked), 1), max(len(people), 1)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    shown = people[n - 1] if people else Person(email="", name=_("Chloé Martin"))
    facts = {"name": shown.name, "event": kept.event.name}
    links = [(words, "#") for words, _secret in shown.links]
    read = []
    for language in kept.subject:
        with override(language):
            body = fill(kept.body[language], **facts, links=links) + signature(kept, language)
        read.append((language, fill(kept.subject[language], **facts, plain=True), body))
    return {
        "people_count": len(people),
        "shown": shown,
        "n": n,
        "before": n - 1,
        "after": n + 1 if n < len(people) else 0,
        "read": read,
    }


@require_POST
def release(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Let it leave."""
    found = team_event_of(request, event, *WRITERS)
    kept = group_letter_seen_by(request.actor, found, code)
    form = ReleaseForm(request.POST)
    if form.is_valid():
        try:
            many = release_letter(kept, version=form.cleaned_data["version"], actor=request.actor, at=clock.now())
            words = ngettext("The letter leaves for {n} person.", "The letter leaves for {n} people.", many)
            messages.success(request, words.format(n=many))
        except Refused as refused:
            messages.error(request, refused.sentence)
    return redirect("correspondence:letter", found.slug, kept.code)


@require_POST
def drop(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Give a draft up."""
    found = team_event_of(request, event, *WRITERS)
    kept = group_letter_seen_by(request.actor, found, code)
    try:
        drop_letter(kept, actor=request.actor, at=clock.now())
        messages.success(request, _("The letter was dropped. Nothing has left."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("correspondence:letters", found.slug)


def people(request: HttpRequest, event: str, segment: str) -> HttpResponse:
    """Who is in a group now."""
    found, group = _group(request, event, segment)
    page = Paginator(people_of(group, found), 100).get_page(request.GET.get("page"))
    return render(request, "correspondence/people.html", {"group": group, "people": page})


def people_file(request: HttpRequest, event: str, segment: str) -> HttpResponse:
    """The same as a file (CSV), without links."""
    found, group = _group(request, event, segment)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{found.slug}-{group.slug}.csv"'
    response.write("\ufeff")
    rows = csv.writer(response)
    rows.writerow([_("Name"), _("Address"), _("Language"), _("Concerns")])
    for one in people_of(group, found):
        rows.writerow(
            [cell(one_cell) for one_cell in (one.name, one.email, one.language, ", ".join(words for words, _link in one.links))]
        )
    return response


def _group(request: HttpRequest, event: str, slug: str) -> tuple[Event, Segment]:
    """The group, if the actor may write to it.

    Raises:
        NotFound
    """
    found = team_event_of(request, event, *WRITERS)
    group = next((one for one in segments_for(request.actor, found) if one.slug == slug), None)
    if group is None:
        raise NotFound()
    return found, group
