"""Which ways to pay are open: asked upwards, through one setting (decision 0007)."""

from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from encommun.events.models import Event
from encommun.foundation.together import fetch
from encommun.registration.refusals import UnknownPaymentMethod


def ways_to_pay(event: Event) -> list[str]:
    """What who books may choose from: «card», «transfer», «cheque»."""
    ((methods,),) = fetch(_asked()(event))
    return list(methods)


def require_way(event: Event, method: str) -> None:
    """Let a booking go on when it will be paid in a way that is open, or is free. The answer may come with others (``together``).

    Raises:
        UnknownPaymentMethod: not open for the event.
    """
    if method != "free":
        _asked()(event)(lambda answers: _among(method, answers[0]))


def _among(method: str, methods: list[str]) -> None:
    if method not in methods:
        raise UnknownPaymentMethod()


@cache
def _asked() -> Any:
    return import_string(settings.WAYS_TO_PAY)
