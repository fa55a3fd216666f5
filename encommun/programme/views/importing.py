"""Bringing a programme from elsewhere: a file, what it would do, then doing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.programme import commands
from encommun.programme.import_forms import FileForm, WishForm
from encommun.programme.imports import Found, Unreadable, read
from encommun.programme.models import ProgrammeFile
from encommun.programme.words import of_problem, of_unreadable

MOST_SHOWN = 300


def give(request: HttpRequest, event: str) -> HttpResponse:
    """Give a file. It is looked at before anything is done."""
    found = team_event_of(request, event, Role.PROGRAMME)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        body = given.read()
        try:
            read(body, zone=found.zone)
        except Unreadable as error:
            form.add_error("file", of_unreadable(error))
        else:
            kept = commands.keep_file(found, file_name=given.name or "", body=body, actor=request.actor, at=clock.now())
            return redirect("programme:import_file", found.slug, kept.pk)
    return render(request, "programme/import_give.html", {"form": form}, status=form.status)


def look_over(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """What a file would do, with what can be chosen; then it is done."""
    found = team_event_of(request, event, Role.PROGRAMME)
    kept = ProgrammeFile.objects.filter(event=found, pk=number).first()
    if kept is None and request.method != "POST":
        raise NotFound()
    if kept is None:  # brought in already, or a day old
        messages.info(request, _("This file is no longer here: it was brought in already, or given more than a day ago."))
        return redirect("programme:import", found.slug)
    body = bytes(kept.body)
    form = WishForm(request.POST or None, event=found, said=read(body, zone=found.zone))
    if request.method == "POST" and form.is_valid():
        said = read(body, zone=found.zone, mapping=form.mapping()) if form.said.columns else form.said
        if "bring" not in request.POST:
            return _page(request, found, kept, form, said)
        try:
            wish = form.wish()
            act = commands.import_proposals if wish.as_proposals else commands.import_programme
            done = act(found, said, wish, actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused)
            return _page(request, found, kept, form, said)
        kept.delete()
        messages.success(
            request,
            _("Brought in: {new} new, {changed} changed, {same} already here.").format(
                new=len(done.new), changed=len(done.changed), same=len(done.same)
            ),
        )
        return redirect("call:team_list" if wish.as_proposals else "programme:team", found.slug)
    return _page(request, found, kept, form, form.said)


def _page(request: HttpRequest, event: Event, kept: ProgrammeFile, form: WishForm, said: Found) -> HttpResponse:
    would = None
    if said.items and not form.errors:
        try:
            wish = form.wish()
            look = commands.preview_proposals if wish.as_proposals else commands.preview_import
            would = look(event, said, wish, actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused)
    problems = would.problems if would else said.problems
    context = {
        "file": kept,
        "form": form,
        "said": said,
        "people": len({one.name for item in said.items for one in item.people}),
        "would": would,
        "problems": [of_problem(one) for one in problems[:MOST_SHOWN]],
        "more_problems": max(0, len(problems) - MOST_SHOWN),
        "first": said.items[:8],
    }
    return render(request, "programme/import_look_over.html", context, status=form.status)
