"""The builder's page: ask for a programme, see it come, take it or not."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.programme import builder, commands
from encommun.programme.builder_words import (
    LEVELS,
    RULES,
    USUAL,
    of_finding,
    of_move,
    of_relaxing,
    of_total,
    of_unmet,
    of_wish,
)
from encommun.programme.models import Building
from encommun.programme.queries import session_of
from encommun.programme.queries.building import Site, latest_building, moves_of, site_of
from encommun.ui.forms import Form

#: Most unmet wishes and moves shown at once.
MOST_SHOWN = 40
#: Wishes that a click loosens; the others are changed where they were said.
LOOSENED = ("fixed_room", "fixed_time")


class BuildForm(Form):
    """What the team asks of the builder, in words."""

    mode = forms.ChoiceField(
        label=gettext_lazy("How to begin"), choices=Building.Mode.choices, initial=Building.Mode.KEEP, widget=forms.RadioSelect
    )
    seconds = forms.TypedChoiceField(
        label=gettext_lazy("How long to look"),
        coerce=int,
        choices=[(15, gettext_lazy("15 seconds")), (60, gettext_lazy("a minute")), (300, gettext_lazy("five minutes"))],
        initial=60,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for rule, label in RULES.items():
            self.fields[rule] = forms.ChoiceField(label=label, choices=list(LEVELS.items()), initial=USUAL[rule])

    @property
    def weighed(self) -> list[Any]:
        """The fields that say what weighs how much."""
        return [self[rule] for rule in RULES]

    @property
    def levels(self) -> dict[str, str]:
        """What weighs how much."""
        return {rule: self.cleaned_data[rule] for rule in RULES}


def build(request: HttpRequest, event: str) -> HttpResponse:
    """Ask for a programme, and see where the last search is."""
    found = team_event_of(request, event, Role.PROGRAMME)
    if request.method != "POST":
        return _page(request, found, None)
    form = BuildForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    facts = form.cleaned_data
    try:
        commands.start_building(
            found, mode=facts["mode"], levels=form.levels, seconds=facts["seconds"], actor=request.actor, at=clock.now()
        )
    except Refused as refused:
        form.refuse(refused)
        return _page(request, found, form)
    return redirect("programme:build", found.slug)


def _page(request: HttpRequest, event: Event, form: BuildForm | None) -> HttpResponse:
    last = latest_building(event)
    levels, mode = (last.levels, last.mode) if last else (dict(USUAL), Building.Mode.KEEP)
    site = site_of(event, levels, mode)
    form = form or BuildForm(initial={**levels, "mode": mode, "seconds": last.seconds if last else 60})
    context: dict[str, Any] = {
        "form": form,
        "building": last,
        "findings": [of_finding(one, site) for one in builder.findings(site.problem)],
        "counted": {"sessions": len(site.sessions), "rooms": len(site.rooms), "fixed": _fixed(site)},
    }
    if last is not None:
        context |= _answer(site, last)
    return render(request, "programme/builder.html", context, status=form.status)


def _fixed(site: Site) -> int:
    return sum(1 for one in site.problem.sessions if one.fixed_start is not None or one.fixed_room is not None)


def _answer(site: Site, last: Building) -> dict[str, Any]:
    """What the last search says so far, in words."""
    facts = last.facts
    left_out = [site.sessions[key] for key in facts.get("left_out", ()) if key in site.sessions]
    best = site.read(last.best)
    moves = moves_of(site, last) if last.best else []
    standing = [one for one in moves if one.room is not None]
    core = [builder.Wish(*one) for one in facts.get("core", ())]
    bound, cost = facts.get("bound"), facts.get("cost", 0)
    return {
        "has_best": bool(last.best),
        "elapsed": facts.get("seconds"),
        "share": min(100, round(100 * float(facts.get("seconds") or 0) / last.seconds)),
        "placed": len(last.best),
        "left_out": left_out,
        "could_improve": cost - bound if bound is not None and cost and bound < cost else None,
        "cost": cost,
        "bound": bound if bound is not None and bound <= cost and not left_out else None,
        "totals": [of_total(rule, many) for rule, many in facts.get("totals", {}).items()],
        "unmet": [of_unmet(*one[:3], one[4], site=site, programme=best) for one in facts.get("unmet", ())[:MOST_SHOWN]],
        "moves": [(one, of_move(one, site)) for one in standing[:MOST_SHOWN]],
        "moves_count": len(standing),
        "more_moves": max(0, len(standing) - MOST_SHOWN),
        "core": [of_wish(one, site) for one in core],
        "relax": [_relaxing(one, site) for one in (builder.Wish(*one) for one in facts.get("relax", ()))],
    }


def _relaxing(wish: builder.Wish, site: Site) -> dict[str, Any]:
    """A wish to drop: its words, and a button, or the page where it is changed."""
    slug, href = site.event.slug, ""
    if wish.kind == "available":
        session = next((one for one in site.problem.sessions if wish.key in one.people), None)
        href = reverse("programme:edit", args=[slug, session.key]) if session else ""
    elif wish.kind != "closed" and wish.key in site.sessions:
        href = reverse("programme:edit", args=[slug, wish.key])
    loosens = wish.kind in LOOSENED and wish.key in site.sessions
    return {
        "words": of_wish(wish, site),
        "says": of_relaxing(wish),
        "wish": wish,
        "loosens": loosens,
        "href": "" if loosens else href,
    }


@require_POST
def stop(request: HttpRequest, event: str) -> HttpResponse:
    """End the search with the best so far."""
    return _do(request, event, commands.stop_building, lambda _n: "")


@require_POST
def accept(request: HttpRequest, event: str) -> HttpResponse:
    """Bring it into the draft."""
    return _do(request, event, commands.accept_building, _moved)


@require_POST
def refuse(request: HttpRequest, event: str) -> HttpResponse:
    """Leave the draft as it is."""
    return _do(request, event, commands.refuse_building, lambda _n: _("The draft stays as it is."))


def _moved(many: int | None) -> str:
    words = ngettext(
        "{n} session moved in the draft. One step back undoes it.",
        "{n} sessions moved in the draft. One step back undoes it all.",
        many or 0,
    )
    return words.format(n=many or 0)


def _do(request: HttpRequest, slug: str, command: Callable[..., int | None], said: Callable[[int | None], str]) -> HttpResponse:
    found = team_event_of(request, slug, Role.PROGRAMME)
    last = latest_building(found)
    if last is None:
        raise NotFound()
    try:
        answer = command(last, actor=request.actor, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("programme:build", found.slug)
    if words := said(answer):
        messages.success(request, words)
    return redirect("programme:team" if command is commands.accept_building else "programme:build", found.slug)


@require_POST
def loosen(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Let a fixed session change rooms or times, and look again."""
    found = team_event_of(request, event, Role.PROGRAMME)
    one, last = session_of(found, code), latest_building(found)
    one.event = found
    kept = {"room": one.room_is_fixed, "time": one.time_is_fixed}
    kept["room" if request.POST.get("kind") == "fixed_room" else "time"] = False
    try:
        commands.fix_session(one, **kept, actor=request.actor, at=clock.now())
        if last is not None:
            commands.start_building(
                found, mode=last.mode, levels=last.levels, seconds=last.seconds, actor=request.actor, at=clock.now()
            )
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("programme:build", found.slug)
