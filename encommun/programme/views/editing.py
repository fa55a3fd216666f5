"""Making and changing a session; the pattern of the days."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import Refused
from encommun.programme import commands
from encommun.programme.composing_forms import ContinueForm, UniteForm
from encommun.programme.forms import PartForm, PartForms, PlaceForm, SessionForm, SlotForm, SlotForms
from encommun.programme.models import Session
from encommun.programme.queries import latest_version, rooms_of, session_of, warnings_of
from encommun.programme.queries.composing import others_of
from encommun.programme.rules import may_change, may_confirm
from encommun.programme.words import of_warning


def new(request: HttpRequest, event: str) -> HttpResponse:
    """Make a session."""
    found = team_event_of(request, event, Role.PROGRAMME)
    form = SessionForm(request.POST or None, event=found)
    people = PartForms(request.POST or None, prefix="people", form_kwargs={"event": found})
    if request.method == "POST" and form.is_valid() and people.is_valid():
        try:
            made = commands.make_session(
                found, form.text(), [one.somebody() for one in people if one.cleaned_data], actor=request.actor, at=clock.now()
            )
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The session is made. Confirm it when it is sure to take place."))
            return redirect("programme:edit", found.slug, made.code)
    return render(request, "programme/new.html", {"form": form, "people": people}, status=_status(request))


def edit(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """A session of the draft: its text, its people, its place, its state."""
    found = team_event_of(request, event, Role.PROGRAMME)
    one = session_of(found, code)
    if request.method != "POST":
        form = SessionForm(initial=SessionForm.values_of(one), event=found, session=one)
        people = PartForms(
            initial=[PartForm.values_of(part, found) for part in one.parts.all()], prefix="people", form_kwargs={"event": found}
        )
        return _page(request, found, one, form, people)
    form, people = (
        SessionForm(request.POST, event=found, session=one),
        PartForms(request.POST, prefix="people", form_kwargs={"event": found}),
    )
    if not form.is_valid() or not people.is_valid():
        return _page(request, found, one, form, people)
    named = [part.somebody() for part in people if part.cleaned_data]
    try:
        commands.edit_session(one, form.text(), named, actor=request.actor, at=clock.now())
    except Refused as refused:
        form.refuse(refused)
        return _page(request, found, one, form, people)
    messages.success(request, _("Saved in the draft. Readers will see it with the next version."))
    return redirect("programme:edit", found.slug, code)


def _page(request: HttpRequest, event: Event, one: Session, form: SessionForm, people: Any) -> HttpResponse:
    version = latest_version(event)
    published = version is not None and any(row["code"] == one.code for row in version.content["sessions"])
    place = PlaceForm(event=event, rooms=rooms_of(event), sessions=[one], initial=PlaceForm.values_of(one, event), prefix=None)
    others = others_of(one)
    context = {
        "session": one,
        "form": form,
        "people": people,
        "place": place,
        "may_change": may_change(one),
        "next": Session.objects.filter(continues=one).first(),
        "united": one.united.order_by("title"),
        "unite": UniteForm(others=others),
        "follow": ContinueForm(others=others, initial=_followed(one), prefix=None),
        "may_confirm": may_confirm(one),
        "is_published": published,
        "warnings": [of_warning(warned) for warned in warnings_of(event) if one.code in warned.codes],
    }
    return render(request, "programme/edit.html", context, status=_status(request))


def _followed(one: Session) -> dict[str, Any]:
    return {"former": one.continues.code if one.continues else "", "at_once": one.continues_at_once}


def slots(request: HttpRequest, event: str) -> HttpResponse:
    """The pattern of the days."""
    found = team_event_of(request, event, Role.PROGRAMME)
    more = {"form_kwargs": {"event": found}, "prefix": "slots"}
    refusal = ""
    if request.method == "POST":
        lines = SlotForms(request.POST, **more)
        if lines.is_valid():
            wanted = [slot for line in lines if line.cleaned_data and (slot := line.slot())]
            try:
                with transaction.atomic():
                    commands.set_slots(found, wanted, actor=request.actor, at=clock.now())
            except Refused as refused:
                refusal = refused.sentence
            else:
                messages.success(request, _("The slots are set."))
                return redirect("programme:team", found.slug)
    else:
        lines = SlotForms(initial=[SlotForm.values_of(slot, found) for slot in found.slots.all()], **more)
    return render(request, "programme/slots.html", {"lines": lines, "refusal": refusal}, status=_status(request))


def _status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200
