"""Signing in with a passkey alone: it holds both factors."""

from allauth.account.models import Login
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from encommun.foundation import clock
from encommun.foundation.refusals import TooManyTries
from encommun.people.addresses import client_address
from encommun.people.commands import count_try
from encommun.people.forms import PasskeyAnswerForm
from encommun.people.refusals import WrongKey
from encommun.people.views.entrance import A_MINUTE, MOST_AN_ADDRESS, next_page


def passkey(request: HttpRequest) -> HttpResponse:
    """GET answers what the browser asks the passkey; POST brings its answer."""
    if request.method != "POST":
        return JsonResponse({"request_options": webauthn.begin_authentication(None)})
    try:
        count_try("people.passkey_from", client_address(request), at=clock.now(), most=MOST_AN_ADDRESS, seconds=A_MINUTE)
    except TooManyTries as refused:
        messages.warning(request, refused.sentence)
        return redirect("people:sign_in")
    form = PasskeyAnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, WrongKey().sentence)
        return redirect("people:sign_in")
    factor = form.cleaned_data["credential"]
    return perform_passwordless_login(request, factor, Login(user=factor.user, redirect_url=next_page(request) or None))
