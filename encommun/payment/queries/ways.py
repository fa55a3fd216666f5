"""How an event may be paid."""

from collections.abc import Iterable

from django.conf import settings

from encommun.events.models import Event
from encommun.foundation.composed import Composed
from encommun.foundation.together import Asked, Then, fetch
from encommun.payment.models import Payment, Way
from encommun.payment.rules import ONLINE

_P = Payment.Provider
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
    return _ways(event, DECIDED.all(event_id=event.pk))


def _ways(event: Event, rows: Iterable[Way]) -> dict[str, Way]:
    usual = {_P.CARD: True, _P.HELLOASSO: True, _P.TRANSFER: True, _P.CHEQUE: False, _P.CASH: True, _P.TERMINAL: True}
    decided = {way.provider: way for way in rows}
    found = {str(name): decided.get(name) or Way(event=event, provider=name, is_open=is_open) for name, is_open in usual.items()}
    for name, way in found.items():
        way.is_open = way.is_open and configured(name)
    return found


def online_ways(event: Event) -> list[str]:
    """The providers whose payment pages are open for an event. One statement."""
    ways = ways_of(event)
    return [str(name) for name in ONLINE if ways[name].is_open]


def methods_open(event: Event) -> list[str]:
    """What a person who books may choose from: «card» (any payment page), «transfer», «cheque». One statement."""
    ((methods,),) = fetch(asked_methods(event))
    return methods


def asked_methods(event: Event) -> Asked[list[str]]:
    """``methods_open``, to be asked with others.

    Named in ``settings.WAYS_TO_PAY``: ``registration`` asks for it there, and knows nothing of this package.
    """

    def ask(then: Then[list[str]]) -> None:
        DECIDED.of(event_id=event.pk)(lambda rows: then([_methods(_ways(event, rows))]))

    return ask


def _methods(ways: dict[str, Way]) -> list[str]:
    online = ["card"] if any(ways[name].is_open for name in ONLINE) else []
    return online + [name for name in ("transfer", "cheque") if ways[name].is_open]
