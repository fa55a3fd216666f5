"""Who reaches which address of the programme."""

from typing import Any

from encommun.programme.models import ProgrammeVersion, Session
from tests.access import EVERYONE, Row
from tests.cast import Cast

COMPOSING = ("programme", "coordination")


def _event(cast: Cast) -> dict[str, Any]:
    return {"event": cast.event.slug}


def _session(cast: Cast) -> dict[str, Any]:
    from tests.programme.conftest import Programme

    programme = Programme(cast)
    found = Session.objects.filter(event=cast.event).first() or programme.placed()
    if not ProgrammeVersion.objects.filter(event=cast.event).exists():
        programme.publish()
    return {"event": cast.event.slug, "code": found.code}


def _elsewhere(cast: Cast) -> dict[str, Any]:
    return _session(cast) | {"event": cast.other.slug}


def _version(cast: Cast) -> dict[str, Any]:
    _session(cast)
    return {"event": cast.event.slug, "number": 1}


ACCESS = {
    "programme:programme": Row(allowed=EVERYONE, kwargs=_event),
    "programme:versions": Row(allowed=EVERYONE, kwargs=_event),
    "programme:version": Row(allowed=EVERYONE, kwargs=_version),
    "programme:session": Row(allowed=EVERYONE, kwargs=_session, foreign=_elsewhere),
    "programme:team": Row(allowed=COMPOSING, kwargs=_event),
    "programme:place": Row(allowed=COMPOSING, kwargs=_event, method="POST"),
    "programme:slots": Row(allowed=COMPOSING, kwargs=_event),
    "programme:publish": Row(allowed=COMPOSING, kwargs=_event),
    "programme:new": Row(allowed=COMPOSING, kwargs=_event),
    "programme:edit": Row(allowed=COMPOSING, kwargs=_session, foreign=_elsewhere),
    "programme:unplace": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
    "programme:put_back": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
    "programme:confirm": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
    "programme:cancel": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
}
