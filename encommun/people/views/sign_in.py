"""Signing in: an address, the code of the letter, and the second factor of those who have one."""

from typing import Any

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.flows.logout import logout
from allauth.account.stages import LoginByCodeStage, LoginStage, LoginStageController
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.foundation import clock
from encommun.foundation.refusals import Refused, TooManyTries
from encommun.foundation.text import clean_email
from encommun.people.commands import open_account
from encommun.people.forms import CodeForm, PasskeyAnswerForm, SecondFactorForm, SignInForm
from encommun.people.models import Account
from encommun.people.queries import factors_of
from encommun.people.refusals import CodeTooOld, WrongCode
from encommun.people.views.entrance import count_tries, next_page

TOO_MANY = 429


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a code. The answer is the same for an address that is known and for one that is not."""
    again = "encore" in request.GET and request.user.is_authenticated
    if request.user.is_authenticated and not again:
        return redirect(next_page(request) or "privacy:my_space")
    form = SignInForm(
        request.POST if request.method == "POST" else None,
        initial={"email": request.user.email if again else clean_email(request.GET.get("e", ""))},
    )
    status = 200
    if request.method == "POST" and form.is_valid() and not form.is_spam:
        email = form.cleaned_data["email"]
        try:
            count_tries("people.ask_code", request, email)
        except TooManyTries as refused:
            form.refuse(refused)
            status = TOO_MANY
        else:
            account = open_account(email=email, language=request.language, at=clock.now())
            process = LoginCodeVerificationProcess.initiate(request=request, user=account, email=email)
            process.stage.login.redirect_url = next_page(request) or None
            process.persist()
            return redirect("people:code")
    context = {"form": form, "next": next_page(request), "again": again}
    return render(request, "people/sign_in.html", context, status=max(status, form.status))


def code(request: HttpRequest) -> HttpResponse:
    """The code of the letter."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    process = LoginCodeVerificationProcess.resume(stage) if stage else None
    if process is None:
        return _begin_again(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            count_tries("people.try_code", request, process.state["email"])
            if compare_user_code(actual=form.cleaned_data["code"], expected=process.code):
                return process.finish(process.stage.login.redirect_url)
        except TooManyTries as refused:
            form.refuse(refused)
            status = TOO_MANY
        else:
            if not process.record_invalid_attempt():
                return _begin_again(request)
            form.refuse(WrongCode(), "code")
    context = {"form": form, "email": process.state["email"], "can_resend": process.can_resend}
    return render(request, "people/code.html", context, status=max(status, form.status))


@require_POST
def resend(request: HttpRequest) -> HttpResponse:
    """Another letter with another code."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    process = LoginCodeVerificationProcess.resume(stage) if stage else None
    if process is None:
        return _begin_again(request)
    try:
        count_tries("people.ask_code", request, process.state["email"])
    except TooManyTries as refused:
        messages.warning(request, refused.sentence)
        return redirect("people:code")
    if process.can_resend:
        process.resend()
        messages.success(request, _("Another letter is on its way. Only its code is valid now."))
    return redirect("people:code")


def second_factor(request: HttpRequest) -> HttpResponse:
    """The code of the application, a recovery code, or the passkey."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None:
        return _begin_again(request) if not request.user.is_authenticated else redirect("privacy:my_space")
    account: Account = stage.login.user
    is_passkey = "credential" in request.POST
    form = SecondFactorForm(request.POST if request.method == "POST" and not is_passkey else None)
    passkey = PasskeyAnswerForm(request.POST if is_passkey else None, account=account)
    status = 200
    if request.method == "POST":
        try:
            count_tries("people.second_factor", request, str(account.pk))
            if factor := _proven_factor(account, form, passkey):
                post_authentication(request, factor)
                return stage.exit()
        except TooManyTries as refused:
            messages.error(request, refused.sentence)
            status = TOO_MANY
    return _second_factor_page(request, stage, form, passkey, max(status, form.status, 422 if passkey.errors else 200))


def _proven_factor(account: Account, form: SecondFactorForm, passkey: PasskeyAnswerForm) -> Authenticator | None:
    if passkey.is_bound:
        return passkey.cleaned_data["credential"] if passkey.is_valid() else None
    if not form.is_valid():
        return None
    for factor in Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type"):
        if factor.wrap().validate_code(form.cleaned_data["code"]):
            return factor
    form.refuse(WrongCode(), "code")
    return None


def _second_factor_page(
    request: HttpRequest, stage: LoginStage, form: SecondFactorForm, passkey: PasskeyAnswerForm, status: int
) -> HttpResponse:
    factors = factors_of(stage.login.user)
    context: dict[str, Any] = {"form": form, "passkey": passkey, "factors": factors}
    if factors.passkeys:
        context["options"] = webauthn.begin_authentication(stage.login.user)
    return render(request, "people/second_factor.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, with the secret links opened in it."""
    logout(request, show_message=False)
    request.session.flush()
    return redirect("web:home")


def closed(request: HttpRequest) -> HttpResponse:
    """The account was closed."""
    return render(request, "people/closed.html", status=403)


def _begin_again(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("privacy:my_space")
    refused: Refused = CodeTooOld()
    messages.warning(request, refused.sentence)
    return redirect("people:sign_in")
