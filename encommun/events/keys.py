"""Who calls the API: a key of a team in «Authorization: Bearer …», or nobody. Cookies are never looked at."""

from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from encommun.events import pages
from encommun.events.models import Event
from encommun.events.queries import actor_of_token, token_in_force
from encommun.foundation import clock
from encommun.foundation.actor import VISITOR, Actor


class Key(HttpBearer):
    """A key in force is needed; ``request.actor`` acts in its role."""

    def __call__(self, request: HttpRequest) -> Any:
        scheme, _space, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        return self.authenticate(request, token) if scheme.lower() == self.openapi_scheme else None

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        found = token_in_force(token, at=clock.now())
        if found is None:
            return None
        request.actor, request.event_of_key = actor_of_token(found), found.event
        return request.actor


class KeyOrNobody(Key):
    """A key, or none at all; a wrong one is refused rather than passed over."""

    def __call__(self, request: HttpRequest) -> Any:
        if "HTTP_AUTHORIZATION" not in request.META:
            request.actor = VISITOR
            return VISITOR
        return super().__call__(request)


def event_of(request: HttpRequest, slug: str) -> Event:
    """The event of the address: the key's own was read with the key.

    Raises:
        NotFound: there is none that the actor may see.
    """
    event: Event | None = getattr(request, "event_of_key", None)
    if event is None or event.slug != slug:
        return pages.event_of(request, slug)
    request.event = event
    return event


KEY = Key()
KEY_OR_NOBODY = KeyOrNobody()
