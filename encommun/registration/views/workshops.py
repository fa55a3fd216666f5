"""Workshops, for holders, for the team and at their doors; contributors and their passes."""

import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.models import Event
from encommun.events.pages import event_of, render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.registration import commands
from encommun.registration.forms import ContributorForm, WorkshopForm
from encommun.registration.models import Seat, SignUp
from encommun.registration.queries import (
    Offered,
    contributions_seen_by,
    door_list,
    draws_of,
    seat_seen_by,
    session_to_open,
    sessions_to_open,
    sign_up_at_door,
    turn_of,
    workshops_for,
)
from encommun.registration.rules import is_holder
from encommun.ui.public_pages import public_page

WISHES = 5


def workshops(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The workshops of a pass: take a place, wait, leave, say one's wishes."""
    seat = _held_seat(request, event, code)
    offered = workshops_for(request.actor, seat, clock.now())
    if request.method == "POST":
        try:
            messages.success(request, _act(request, seat, offered))
        except NotFound:
            raise
        except Refused as refused:
            messages.error(request, refused.sentence)
        return HttpResponseRedirect(reverse("registration:workshops", args=[seat.booking.event.slug, seat.code]))
    for one in offered:
        if one.mine and one.mine.state == SignUp.State.WAITING:
            one.mine.turn = turn_of(one.mine)
    drawn = [one for one in offered if one.workshop.waits_for_draw]
    context = {
        "seat": seat,
        "offered": offered,
        "to_draw": drawn,
        "ranks": range(1, min(WISHES, len(drawn)) + 1),
        "pseudonym": commands.pseudonym(seat),
        "has_priority": any(one.mine and one.mine.has_priority for one in offered),
    }
    return render(request, "registration/workshops.html", context)


def _held_seat(request: HttpRequest, event: str, code: str) -> Seat:
    seat = seat_seen_by(request.actor, event_of(request, event), code)
    if not is_holder(request.actor, seat):
        raise NotFound()
    return seat


def _act(request: HttpRequest, seat: Seat, offered: list[Offered]) -> str:
    """What a button of the page asks for; answers what to say."""
    known = {one.session.code: one for one in offered}
    doing = {"actor": request.actor, "at": clock.now()}
    has_priority = request.POST.get("has_priority") == "on"
    step, _sign, code = request.POST.get("step", "").partition(":")
    if step == "wish":
        ranked = [request.POST.get(f"wish{n}", "") for n in range(1, WISHES + 1)]
        commands.wish_for(seat, [known[one].workshop for one in ranked if one in known], has_priority=has_priority, **doing)
        return _("Your wishes are kept. You may change them until the draw.")
    if code not in known:
        raise NotFound()
    one = known[code]
    if step == "leave" and one.mine is not None:
        commands.leave_workshop(one.mine, **doing)
        return _("You have left «{title}»: the place goes to the next person. Thank you.").format(title=one.session.title)
    made = commands.sign_up(one.workshop, seat, has_priority=has_priority, **doing)
    if made.state == SignUp.State.IN:
        return _("You have a place in «{title}».").format(title=one.session.title)
    return _("«{title}» is full: you are on its list, and a place that comes back is yours by itself.").format(
        title=one.session.title
    )


@public_page()
def draws(request: HttpRequest, event: str) -> HttpResponse:
    """The draws, with their seeds: what anybody needs to compute them again."""
    found = event_of(request, event)
    return render(request, "registration/draws.html", {"draws": draws_of(found), "sealed": _sealed(found)})


def _sealed(event: Event) -> str:
    """The SHA-256 of the seed that the next draw will use."""
    return hashlib.sha256(commands.next_seed(event).encode()).hexdigest()


@public_page()
def draws_data(request: HttpRequest, event: str) -> HttpResponse:
    """The same as data: seed, wishes under pseudonyms, result."""
    found = event_of(request, event)
    rows = [{"drawn_at": one.drawn_at.isoformat(), "seed": one.seed, **one.wishes, "result": one.result} for one in draws_of(found)]
    return JsonResponse({"sealed": _sealed(found), "draws": rows})


def team_workshops(request: HttpRequest, event: str) -> HttpResponse:
    """Sessions, and those whose places are counted."""
    found = team_event_of(request, event, Role.REGISTRATION, Role.PROGRAMME)
    return render(request, "registration/team/workshops.html", {"sessions": sessions_to_open(request.actor, found)})


def team_workshop(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Count the places of a session."""
    found = team_event_of(request, event, Role.REGISTRATION, Role.PROGRAMME)
    session = session_to_open(request.actor, found, code)
    form = WorkshopForm(request.POST if request.method == "POST" else None, event=found, workshop=session.counted)
    if request.method == "POST" and form.is_valid():
        try:
            commands.open_workshop(session, **form.cleaned_data, actor=request.actor, at=clock.now())
            messages.success(request, _("Places are counted for «{title}».").format(title=session.title))
            return HttpResponseRedirect(reverse("registration:team_workshops", args=[found.slug]))
        except Refused as refused:
            form.refuse(refused)
    return render(request, "registration/team/workshop.html", {"form": form, "session": session}, status=form.status)


def door(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The list at the door of a workshop; a button a person."""
    found = team_event_of(request, event, Role.REGISTRATION, Role.PROGRAMME, Role.DOOR)
    shown = door_list(request.actor, found, code)
    if request.method == "POST":
        number, is_there = request.POST.get("person", ""), request.POST.get("there") != "no"
        if not number.isascii() or not number.isdigit() or len(number) > 18:
            raise NotFound()
        commands.note_presence(
            sign_up_at_door(request.actor, found, int(number)), is_there=is_there, actor=request.actor, at=clock.now()
        )
        return HttpResponseRedirect(reverse("registration:workshop_door", args=[found.slug, shown.session.code]))
    return render(request, "registration/team/door.html", {"workshop": shown, "ends": shown.no_shows_at()})


def contributors(request: HttpRequest, event: str) -> HttpResponse:
    """Who gives a hand, and the pass that it brought; add somebody."""
    found = team_event_of(request, event, Role.REGISTRATION)
    form = ContributorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = commands.note_contribution(found, **form.cleaned_data, actor=request.actor, at=clock.now())
            said = (
                _("Written down, and the pass is on its way.") if made.seat_id else _("Written down. There is no pass to give yet.")
            )
            messages.success(request, said)
            return HttpResponseRedirect(reverse("registration:team_contributors", args=[found.slug]))
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "contributions": contributions_seen_by(request.actor, found)}
    return render(request, "registration/team/contributors.html", context, status=form.status)


@require_POST
def missing_passes(request: HttpRequest, event: str) -> HttpResponse:
    """Try again for those without a pass."""
    found = team_event_of(request, event, Role.REGISTRATION)
    count = commands.give_missing_passes(found, actor=request.actor, at=clock.now())
    messages.success(request, _("Passes given: {count}.").format(count=count))
    return HttpResponseRedirect(reverse("registration:team_contributors", args=[found.slug]))
