"""Who reaches which address of the call."""

from collections.abc import Callable
from typing import Any

from encommun.call.models import Proposal
from encommun.call.rules import LINK
from encommun.foundation.signing import link_token
from tests.access import EVERYONE, Row
from tests.cast import Cast

CHOOSING = ("programme", "coordination")


def _call(cast: Cast) -> Any:
    from tests.call.conftest import Call

    return Call(cast)


def _once(state: str) -> Callable[[Cast], Proposal]:
    """One proposal for all who try; the call is opened with it."""

    def make(cast: Cast) -> Proposal:
        found = Proposal.objects.filter(event=cast.event, state=state).first()
        return found or (_call(cast).draft() if state == "draft" else _call(cast).published())

    return make


draft, published = _once("draft"), _once("published")


def _event(cast: Cast) -> dict[str, Any]:
    _call(cast)
    return {"event": cast.event.slug}


def _of(make: Callable[[Cast], Proposal]) -> dict[str, Any]:
    return {
        "kwargs": lambda cast: {"event": cast.event.slug, "code": make(cast).code},
        "link": lambda cast: (LINK, make(cast).code),
        "foreign": lambda cast: {"event": cast.other.slug, "code": make(cast).code},
    }


def _link(cast: Cast) -> dict[str, Any]:
    code = draft(cast).code
    return {"event": cast.event.slug, "code": code, "token": link_token(LINK, code)}


ACCESS = {
    "call:open": Row(allowed=EVERYONE, kwargs=_event),
    "call:ask_link": Row(allowed=EVERYONE, kwargs=_event),
    "call:link": Row(allowed=EVERYONE, kwargs=_link),
    "call:draft": Row(allowed=("owner",), **_of(draft)),
    "call:autosave": Row(allowed=("owner",), method="POST", **_of(draft)),
    "call:withdraw": Row(allowed=("owner",), **_of(draft)),
    "call:answer": Row(allowed=("owner",), method="POST", **_of(published)),
    "call:list": Row(allowed=EVERYONE, kwargs=_event),
    "call:proposal": Row(allowed=EVERYONE, **_of(published)),
    "call:team_list": Row(allowed=CHOOSING, kwargs=_event),
    "call:release": Row(allowed=CHOOSING, kwargs=_event),
    "call:team_proposal": Row(allowed=CHOOSING, **_of(published)),
}
