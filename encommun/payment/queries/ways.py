"""How an event may be paid."""

from django.conf import settings

from encommun.events.models import Event
from encommun.payment.models import Payment, Way
from encommun.payment.rules import ONLINE

_P = Payment.Provider


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
    usual = {_P.CARD: True, _P.HELLOASSO: True, _P.TRANSFER: True, _P.CHEQUE: False, _P.CASH: True, _P.TERMINAL: True}
    decided = {way.provider: way for way in Way.objects.filter(event=event)}
    found = {str(name): decided.get(name) or Way(event=event, provider=name, is_open=is_open) for name, is_open in usual.items()}
    for name, way in found.items():
        way.is_open = way.is_open and configured(name)
    return found


def online_ways(event: Event) -> list[str]:
    """The providers whose payment pages are open for an event. One statement."""
    ways = ways_of(event)
    return [str(name) for name in ONLINE if ways[name].is_open]


def methods_open(event: Event) -> list[str]:
    """What a person who books may choose from: «card» (any payment page), «transfer», «cheque».

    Named in ``settings.WAYS_TO_PAY``: ``registration`` asks for it there, and knows nothing of this package.
    """
    ways = ways_of(event)
    online = ["card"] if any(ways[name].is_open for name in ONLINE) else []
    return online + [name for name in ("transfer", "cheque") if ways[name].is_open]
