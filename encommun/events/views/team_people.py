"""Team page: who is in the team, in which role, and the keys of the API."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from encommun.events.commands import give_role, make_token, revoke_token, take_role
from encommun.events.forms import KeyForm, RoleForm
from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.events.queries import membership_seen_by, team_seen_by, token_seen_by, tokens_seen_by
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import Refused
from encommun.journal.commands import once


def page(
    request: HttpRequest,
    event: Event,
    *,
    role_form: forms.Form | None = None,
    key_form: forms.Form | None = None,
    **context: object,
) -> HttpResponse:
    """The page, with the forms as they stand."""
    role_form = role_form or RoleForm()
    key_form = key_form or KeyForm(initial={"idempotency_key": uuid4(), "days": 90})
    found = {
        "team": team_seen_by(request.actor, event),
        "tokens": tokens_seen_by(request.actor, event, at=clock.now()),
        "role_form": role_form,
        "key_form": key_form,
    }
    return render(request, "events/team_people.html", found | context, status=max(role_form.status, key_form.status))


@require_safe
def people(request: HttpRequest, event: str) -> HttpResponse:
    """Everybody, and the forms to add."""
    return page(request, team_event_of(request, event, Role.COORDINATION))


@require_http_methods(["POST"])
def give(request: HttpRequest, event: str) -> HttpResponse:
    """Give a role."""
    found = team_event_of(request, event, Role.COORDINATION)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            give_role(event_slug=found.slug, **form.cleaned_data, actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The role is given. It works from the next page that this person opens."))
            return redirect("events:team_people", found.slug)
    return page(request, found, role_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, event: str, membership: int) -> HttpResponse:
    """Ask, then take the role."""
    found = team_event_of(request, event, Role.COORDINATION)
    held = membership_seen_by(request.actor, found, membership)
    if request.method == "POST":
        take_role(held.membership, actor=request.actor, at=clock.now())
        messages.success(request, _("The role is taken back."))
        left_herself = (held.membership.account_id, held.membership.role) == (request.actor.account_id, Role.COORDINATION)
        return redirect("web:event_home" if left_herself else "events:team_people", found.slug)
    return render(request, "events/team_take_role.html", {"held": held})


@require_http_methods(["POST"])
def make_key(request: HttpRequest, event: str) -> HttpResponse:
    """Make a key; its secret is shown on this answer and never again, not even when the form is sent twice."""
    found = team_event_of(request, event, Role.COORDINATION)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return page(request, found, key_form=form)
    asked = {name: form.cleaned_data[name] for name in ("name", "role", "days")}
    secret = ""

    def act() -> dict[str, int]:
        nonlocal secret
        token, secret = make_token(found, **asked, actor=request.actor, at=clock.now())
        return {"token": token.pk}

    try:
        once(f"{request.actor.reference}:key", str(form.cleaned_data["idempotency_key"]), asked, at=clock.now(), act=act)
    except Refused as refused:
        form.refuse(refused)
        return page(request, found, key_form=form)
    if not secret:
        messages.info(request, _("This key was already made; its secret is shown only once."))
        return redirect("events:team_people", found.slug)
    return page(request, found, secret=secret)


@require_http_methods(["GET", "HEAD", "POST"])
def revoke_key(request: HttpRequest, event: str, token: int) -> HttpResponse:
    """Ask, then end the key."""
    found = team_event_of(request, event, Role.COORDINATION)
    key = token_seen_by(request.actor, found, token)
    if request.method == "POST":
        revoke_token(key, actor=request.actor, at=clock.now())
        messages.success(request, _("The key is revoked: what used it is refused from now on."))
        return redirect("events:team_people", found.slug)
    return render(request, "events/team_revoke_key.html", {"key": key})
