"""Who may reach the addresses of the commons."""

from encommun.commons.models import Note, Resource
from encommun.foundation.signing import link_token
from tests.access import EVERYONE, Row
from tests.commons.sessions import note, resource

WRITERS = ("owner", "programme", "commons", "coordination")


def _note(cast):
    return Note.objects.filter(session__event=cast.event).exclude(state="published").first() or note(cast)


def _resource(cast):
    return Resource.objects.filter(event=cast.event).first() or resource(cast)


def _link(cast):
    return ("commons.note", _note(cast).session.code)


def _of(cast):
    return {"event": cast.event.slug}


def _session(cast):
    return _of(cast) | {"code": _note(cast).session.code}


def _one(cast):
    return _of(cast) | {"code": _resource(cast).code}


def _elsewhere(cast):
    return {"event": cast.other.slug, "code": _note(cast).session.code}


def _resource_elsewhere(cast):
    return {"event": cast.other.slug, "code": _resource(cast).code}


def _secret(cast):
    return _session(cast) | {"token": link_token("commons.note", _note(cast).session.code)}


ACCESS = {
    "commons:list": Row(allowed=EVERYONE, kwargs=_of),
    "commons:resource": Row(allowed=EVERYONE, kwargs=_one, foreign=_resource_elsewhere),
    "commons:markdown": Row(allowed=EVERYONE, kwargs=_one, foreign=_resource_elsewhere),
    "commons:note": Row(allowed=WRITERS, kwargs=_session, link=_link, foreign=_elsewhere),
    "commons:credit": Row(allowed=WRITERS, kwargs=_session, link=_link, foreign=_elsewhere, method="POST"),
    "commons:note_link": Row(allowed=EVERYONE, kwargs=_secret),
    "commons:team_list": Row(allowed=("commons", "coordination"), kwargs=_of),
    "commons:publish": Row(allowed=("commons", "coordination"), kwargs=_session, foreign=_elsewhere),
}
