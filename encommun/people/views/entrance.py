"""What the pages of signing in share: limits, where to go afterwards, whether the session is young enough."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from encommun.foundation import clock
from encommun.people.addresses import client_address
from encommun.people.commands import count_try
from encommun.people.queries import factors_of

A_MINUTE = 60
MOST_AN_ACCOUNT = 5
MOST_AN_ADDRESS = 20
YOUNG = 15 * 60  # seconds after signing in during which the account's security may be changed

type View = Callable[..., HttpResponse]


def count_tries(what: str, request: HttpRequest, who: str) -> None:
    """Count a try of signing in, for the account and for the caller's network address.

    Raises:
        TooManyTries: five a minute an account, twenty a minute an address.
    """
    at = clock.now()
    count_try(f"{what}_from", client_address(request), at=at, most=MOST_AN_ADDRESS, seconds=A_MINUTE)
    count_try(what, who, at=at, most=MOST_AN_ACCOUNT, seconds=A_MINUTE)


def next_page(request: HttpRequest) -> str:
    """Where to go afterwards: a page of this instance, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if not wanted.startswith("/") or len(wanted) > 500:
        return ""
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


def sign_in_address(request: HttpRequest, page: str = "people:sign_in") -> str:
    """The sign-in page (or another one) that leads back to the present one."""
    return f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}"


def signed_in(view: View) -> View:
    """For pages of the account: others are led to the sign-in page, and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect(sign_in_address(request))
        return view(request, *args, **kwargs)

    return guarded


def just_signed_in(view: View) -> View:
    """For changes of the account's security: an old session signs in once more first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_young(request):
            return redirect(sign_in_address(request, "people:sign_in_again"))
        return view(request, *args, **kwargs)

    return signed_in(guarded)


def is_young(request: HttpRequest) -> bool:
    """Whether the person proved who she is a few minutes ago, with her second factor if she has one."""
    records = get_authentication_records(request, request.user)
    if factors_of(request.user).exist:
        records = [record for record in records if record["method"] == "mfa"]
    return bool(records) and time.time() - records[-1]["at"] < YOUNG
