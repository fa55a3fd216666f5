"""The gathering's venues and rooms, as those who compose the programme describe them."""

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
from encommun.foundation.refusals import NotFound, Refused
from encommun.places import commands as places
from encommun.places.models import Closure, Venue
from encommun.programme import commands
from encommun.programme.place_forms import ClosureForm, ClosureForms, RoomForm, RoomForms, VenueForm, WalksForm
from encommun.programme.queries.draft import walks_of


def venues(request: HttpRequest, event: str) -> HttpResponse:
    """The venues, the way between them, and a form for one more."""
    found = team_event_of(request, event, Role.PROGRAMME)
    used = list(found.venues.order_by("event_venues__position").prefetch_related("rooms"))
    adds = request.method == "POST" and request.POST.get("do") == "add"
    walks = request.method == "POST" and not adds
    form = VenueForm(request.POST if adds else None)
    between = WalksForm(request.POST if walks else None, venues=used, walks=walks_of(found))
    if adds and form.is_valid() and (made := _add(request, found, form)) is not None:
        return redirect("programme:venue", found.slug, made.slug)
    if walks and between.is_valid():
        _walk(request, found, between)
        messages.success(request, _("Noted: the checks count with it."))
        return redirect("programme:venues", found.slug)
    context = {"venues": used, "form": form, "between": between, "is_adding": adds}
    return render(request, "programme/venues.html", context, status=max(form.status, between.status))


def _add(request: HttpRequest, event: Event, form: VenueForm) -> Venue | None:
    try:
        with transaction.atomic():
            made = places.make_venue(form.text(), event_id=event.pk, actor=request.actor, at=clock.now())
            commands.use_venue(event, made, actor=request.actor, at=clock.now())
    except Refused as refused:
        form.refuse(refused)
        return None
    return made


@transaction.atomic
def _walk(request: HttpRequest, event: Event, form: WalksForm) -> None:
    for one, other in form.pairs:
        places.set_walk(one, other, minutes=form.minutes(one, other), event_id=event.pk, actor=request.actor, at=clock.now())


def venue(request: HttpRequest, event: str, venue: str) -> HttpResponse:
    """One venue: its address and access, its rooms, and when they are closed."""
    found = team_event_of(request, event, Role.PROGRAMME)
    one = found.venues.filter(slug=venue).first()
    if one is None:
        raise NotFound()
    rooms, does = list(one.rooms.all()), request.POST.get("do", "") if request.method == "POST" else ""
    closed = Closure.objects.filter(room__venue=one)
    text = VenueForm(request.POST) if does == "venue" else VenueForm(initial=VenueForm.values_of(one))
    lines = (
        RoomForms(request.POST, prefix="rooms")
        if does == "rooms"
        else RoomForms(initial=[RoomForm.values_of(room) for room in rooms], prefix="rooms")
    )
    more: dict[str, Any] = {"prefix": "closed", "form_kwargs": {"event": found, "rooms": rooms}}
    spans = (
        ClosureForms(request.POST, **more)
        if does == "closed"
        else ClosureForms(initial=[ClosureForm.values_of(span, found) for span in closed], **more)
    )
    refusal = ""
    if does:
        refusal, done = _save(request, found, one, {"venue": text, "rooms": lines, "closed": spans}, does)
        if done:
            messages.success(request, _("Saved."))
            return redirect("programme:venue", found.slug, one.slug)
    context = {"venue": one, "form": text, "rooms": lines, "closed": spans, "refusal": refusal}
    return render(request, "programme/venue.html", context, status=422 if does else 200)


def _save(request: HttpRequest, event: Event, one: Venue, forms: dict[str, Any], does: str) -> tuple[str, bool]:
    form = forms.get(does)
    if form is None or not form.is_valid():
        return "", False
    who = {"event_id": event.pk, "actor": request.actor, "at": clock.now()}
    try:
        if does == "venue":
            places.describe_venue(one, form.text(), **who)
        elif does == "rooms":
            places.set_rooms(one, [text for line in form if line.cleaned_data and (text := line.text())], **who)
        else:
            places.set_closures(one, [text for line in form if line.cleaned_data and (text := line.text())], **who)
    except Refused as refused:
        return refused.sentence, False
    return "", True
