"""«My space»: what is yours here, for an account or through the secret links opened in this session."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from encommun.privacy.queries import consents_of, held_about
from encommun.privacy.rules import may_see_own_data, subject_of

type View = Callable[..., HttpResponse]


def known(view: View) -> View:
    """For pages about oneself: those whom we do not know are led to the sign-in page, and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_see_own_data(request.actor):
            return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': request.get_full_path()})}")
        return view(request, *args, **kwargs)

    return guarded


@known
def my_space(request: HttpRequest) -> HttpResponse:
    """Her proposals, bookings, roles …, each with the way to its page."""
    held = [found for found in held_about(subject_of(request.actor)) if found.holding.heading]
    in_force = [consent for consent in consents_of(request.actor) if consent.withdrawn_at is None]
    context = {"held": held, "consents": in_force, "waiting": request.actor.roles_waiting}
    return render(request, "privacy/my_space.html", context)
