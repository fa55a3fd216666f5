"""Who calls the API: a key of a team in «Authorization: Bearer …», or nobody. Cookies are never looked at."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from encommun.events.queries import actor_of_token
from encommun.foundation import clock
from encommun.foundation.actor import VISITOR, Actor


class Key(HttpBearer):
    """A key in force is needed; ``request.actor`` acts in its role."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        actor = actor_of_token(token, at=clock.now())
        if actor is not None:
            request.actor = actor
        return actor


class KeyOrNobody(Key):
    """A key, or none at all; a wrong one is refused rather than passed over."""

    def __call__(self, request: HttpRequest) -> Any:
        if "Authorization" not in request.headers:
            request.actor = VISITOR
            return VISITOR
        return super().__call__(request)


KEY = Key()
KEY_OR_NOBODY = KeyOrNobody()
