"""How an event may be paid."""

from collections.abc import Iterable

from django.conf import settings

from encommun.events.models import Event
from encommun.foundation.composed import Composed
from encommun.foundation.together import Asked, Then, fetch
from encommun.payment.models import Payment, Way
from encommun.payment.rules import ONLINE

_P = Payment.Provider
#: Which are open as long as the team decided nothing.
USUAL = {
    _P.CARD.value: True,
    _P.HELLOASSO.value: True,
    _P.TRANSFER.value: True,
    _P.CHEQUE.value: False,
    _P.CASH.value: True,
    _P.TERMINAL.value: True,
}
DECIDED = Composed(lambda event_id: Way.objects.filter(event_id=event_id), event_id=int)


def configured(provider: str) -> bool:
    """Whether the instance knows the secrets that a provider asks for."""
    config = settings.CONFIG
    match provider:
        case _P.CARD:
            return bool(config.card_secret_key)
        case _P.HELLOASSO:
            return bool(config.helloasso_client_id and config.helloasso_client_secret and config.helloasso_organization)
    return True


def ways_of(event: Event) -> dict[str, Way]:
    """Every way of paying, open or not, as the team decided or as it is without a decision. One statement."""
    decided = {way.provider: way for way in DECIDED.all(event_id=event.pk)}
    found = {name: decided.get(name) or Way(event=event, provider=name, is_open=is_open) for name, is_open in USUAL.items()}
    for name, way in found.items():
        way.is_open = way.is_open and configured(name)
    return found


def online_ways(event: Event) -> list[str]:
    """The providers whose payment pages are open for an event. One statement."""
    is_open = _open_among(DECIDED.all(event_id=event.pk))
    return [str(name) for name in ONLINE if is_open[name]]


def methods_open(event: Event) -> list[str]:
    """What a person who books may choose from: «card» (any payment page), «transfer», «cheque». One statement."""
    ((methods,),) = fetch(asked_methods(event))
    return methods


def asked_methods(event: Event) -> Asked[list[str]]:
    """``methods_open``, to be asked with others.

    Named in ``settings.WAYS_TO_PAY``: ``registration`` asks for it there, and knows nothing of this package.
    """

    def ask(then: Then[list[str]]) -> None:
        DECIDED.of(event_id=event.pk)(lambda rows: then([_methods(_open_among(rows))]))

    return ask


def _methods(is_open: dict[str, bool]) -> list[str]:
    online = ["card"] if any(is_open[name] for name in ONLINE) else []
    return online + [name for name in ("transfer", "cheque") if is_open[name]]


def _open_among(decided: Iterable[Way]) -> dict[str, bool]:
    """By provider, with what the team decided."""
    asked = USUAL | {way.provider: way.is_open for way in decided}
    return {name: is_open and configured(name) for name, is_open in asked.items()}
