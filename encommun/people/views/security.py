"""How one signs in: the application, passkeys, recovery codes, the sessions."""

import segno
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.foundation import clock
from encommun.foundation.refusals import Refused
from encommun.people.commands import (
    add_application,
    add_passkey,
    end_sessions,
    remove_second_factor,
    renew_recovery_codes,
    update_account,
)
from encommun.people.forms import AccountForm, PasskeyForm, SecondFactorForm
from encommun.people.queries import factors_of
from encommun.people.views.entrance import is_young, just_signed_in, next_page, signed_in


@signed_in
def security(request: HttpRequest) -> HttpResponse:
    """The account, and what protects it."""
    form = AccountForm(
        request.POST if request.method == "POST" else None, initial={"name": request.user.name, "language": request.user.language}
    )
    if request.method == "POST" and form.is_valid():
        update_account(request.user, **form.cleaned_data, actor=request.actor, at=clock.now())
        messages.success(request, _("Saved."))
        return redirect("people:security")
    context = {"form": form, "factors": factors_of(request.user), "is_young": is_young(request)}
    return render(request, "people/security.html", context, status=form.status)


@just_signed_in
def application(request: HttpRequest) -> HttpResponse:
    """Add an application that gives codes: a drawing to scan, and a first code to prove that it works."""
    if factors_of(request.user).application:
        return redirect(next_page(request) or "people:security")
    secret = get_totp_secret(regenerate=request.method == "GET")
    form = SecondFactorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            factor = add_application(
                request.user, secret=secret, code=form.cleaned_data["code"], actor=request.actor, at=clock.now()
            )
        except Refused as refused:
            form.refuse(refused, "code")
        else:
            clear_totp_secret(request)
            return _show_codes(request, factor)
    drawing = segno.make(get_adapter().build_totp_url(request.user, secret), error="m")
    context = {
        "form": form,
        "secret": " ".join(secret[n : n + 4] for n in range(0, len(secret), 4)),
        "drawing": drawing.svg_data_uri(scale=5, border=3, dark="#000", light="#fff"),
        "next": next_page(request),
    }
    return render(request, "people/application.html", context, status=form.status)


@just_signed_in
def new_passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey: the browser asks the device, the form brings its answer."""
    form = PasskeyForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        factor = add_passkey(request.user, **form.cleaned_data, actor=request.actor, at=clock.now())
        return _show_codes(request, factor)
    context = {"form": form, "options": webauthn.begin_registration(request.user, True), "next": next_page(request)}
    return render(request, "people/new_passkey.html", context, status=form.status)


@just_signed_in
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes to keep on paper; POST draws new ones."""
    if request.method == "POST":
        renew_recovery_codes(request.user, actor=request.actor, at=clock.now())
        return _show_codes(request)
    factors = factors_of(request.user)
    if not factors.exist:
        return redirect("people:security")
    return render(request, "people/recovery_codes.html", {"codes": factors.recovery_codes, "next": next_page(request)})


@just_signed_in
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Remove a second factor."""
    remove_second_factor(request.user, number, actor=request.actor, at=clock.now())
    messages.success(request, _("Removed."))
    return redirect("people:security")


@signed_in
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every other session."""
    end_sessions(request.user, actor=request.actor, at=clock.now())
    update_session_auth_hash(request, request.user)
    messages.success(request, _("Every other session is ended."))
    return redirect("people:security")


@signed_in
def again(request: HttpRequest) -> HttpResponse:
    """Before a change of weight in an old session: why, and the way."""
    return render(request, "people/again.html", {"next": next_page(request)})


@signed_in
def needed(request: HttpRequest) -> HttpResponse:
    """A role waits for a second factor: why, and the way to add one, then back."""
    return render(request, "people/second_factor_needed.html", {"next": next_page(request)})


def _show_codes(request: HttpRequest, proven: Authenticator | None = None) -> HttpResponse:
    if proven:
        post_authentication(request, proven)
    messages.success(
        request, _("Your account has a second factor. Keep these recovery codes: they open it if you lose your device.")
    )
    back = next_page(request)
    response = redirect("people:recovery_codes")
    if back:
        response["Location"] += f"?next={back}"
    return response
