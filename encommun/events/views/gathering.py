"""Team pages: what the gathering says of itself, its axes, who stands behind it, and whether it is shown."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from encommun.events import commands
from encommun.events.forms import AxisForm, EventForm, SupportForm
from encommun.events.models import Axis, Event, Support
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import STATUS, NotFound, Refused
from encommun.ui.forms import Form

ways = require_http_methods(["GET", "HEAD", "POST"])


@ways
def gathering(request: HttpRequest, event: str) -> HttpResponse:
    """The whole of it on one page."""
    found = team_event_of(request, event, Role.COORDINATION)
    form = EventForm(request.POST or None, initial=EventForm.values_of(found))
    status = form.status
    if request.method == "POST" and form.is_valid():
        try:
            commands.describe_event(found, form.text(), actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused)
            status = 422
        else:
            messages.success(request, _("It is kept."))
            return redirect("events:gathering", found.slug)
    context = {"form": form, "axes": found.axes.all(), "supports": found.supports.select_related("structure")}
    return render(request, "events/gathering.html", context, status=status)


@require_POST
def show(request: HttpRequest, event: str) -> HttpResponse:
    """Show the pages to everyone, or hide them."""
    found = team_event_of(request, event, Role.COORDINATION)
    is_public = "show" in request.POST
    commands.show_event(found, is_public=is_public, actor=request.actor, at=clock.now())
    messages.success(request, _("The gathering is public.") if is_public else _("Its pages are hidden from everyone."))
    return redirect("events:gathering", found.slug)


@ways
def axis(request: HttpRequest, event: str, axis: str = "") -> HttpResponse:
    """A new axis, or one to change or take away."""
    found = team_event_of(request, event, Role.COORDINATION)
    one = _axis_of(found, axis) if axis else None
    form = AxisForm(request.POST or None, initial=AxisForm.values_of(one) if one else {})
    write = partial(commands.write_axis, found, axis=one, actor=request.actor, at=clock.now())
    remove = partial(commands.remove_axis, one, actor=request.actor, at=clock.now())
    return _part(
        request,
        found,
        form,
        write=lambda: write(form.axis()),
        remove=remove,
        title=_("An axis") if one else _("A new axis"),
        one=one,
    )


@ways
def support(request: HttpRequest, event: str, number: int = 0) -> HttpResponse:
    """A new body behind the gathering, or one to change or take away."""
    found = team_event_of(request, event, Role.COORDINATION)
    one = _support_of(found, number) if number else None
    initial = {"name": one.structure.name, "kind": one.kind, "url": one.structure.url} if one else {}
    form = SupportForm(request.POST or None, initial=initial)
    write = partial(commands.write_support, found, support=one, actor=request.actor, at=clock.now())
    remove = partial(commands.remove_support, one, actor=request.actor, at=clock.now())
    return _part(
        request,
        found,
        form,
        write=lambda: write(**form.cleaned_data),
        remove=remove,
        title=_("A structure") if one else _("A new structure"),
        one=one,
    )


def _part(
    request: HttpRequest, event: Event, form: Form, *, write: Callable[[], Any], remove: Callable[[], Any], title: str, one: Any
) -> HttpResponse:
    """Write what the form says, or remove the thing; then the page of the gathering, or the form with what was refused."""
    removes = one is not None and "remove" in request.POST
    if request.method == "POST" and (removes or form.is_valid()):
        try:
            remove() if removes else write()
        except Refused as refused:
            form = type(form)(initial=form.initial) if removes else form
            return _drawn(request, form, title, one, refused)
        messages.success(request, _("It is taken away.") if removes else _("It is kept."))
        return redirect("events:gathering", event.slug)
    return _drawn(request, form, title, one)


def _drawn(request: HttpRequest, form: Form, title: str, one: Any, refused: Refused | None = None) -> HttpResponse:
    status = STATUS[refused.kind] if refused else form.status
    return render(
        request, "events/gathering_part.html", {"form": form, "title": title, "one": one, "refused": refused}, status=status
    )


def _axis_of(event: Event, slug: str) -> Axis:
    found = event.axes.filter(slug=slug).first()
    if found is None:
        raise NotFound()
    found.event = event
    return found


def _support_of(event: Event, number: int) -> Support:
    found = event.supports.select_related("structure").filter(pk=number).first()
    if found is None:
        raise NotFound()
    found.event = event
    return found
