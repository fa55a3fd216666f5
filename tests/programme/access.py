"""Who reaches which address of the programme."""

from typing import Any

from encommun.foundation.signing import link_token
from encommun.programme import commands
from encommun.programme.models import Building, OpenSubject, ProgrammeFile, ProgrammeVersion, PublishedPerson, Session
from encommun.programme.queries import LINK
from tests.access import EVERYONE, SIGNED_IN, Row
from tests.cast import NOW, Cast

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


def _person(cast: Cast) -> dict[str, Any]:
    from tests.programme.conftest import Programme, somebody

    programme = Programme(cast)
    if not PublishedPerson.objects.filter(event=cast.event).exists():
        programme.placed(people=(somebody("Bruno Le Goff", email="b@x.example", name_is_public=True),))
        programme.publish()
    return {"event": cast.event.slug, "number": PublishedPerson.objects.get(event=cast.event).number}


def _file(cast: Cast) -> dict[str, Any]:
    made = ProgrammeFile.objects.create(event=cast.event, file_name="a.csv", body=b"Titre\nUn\n", given_at=NOW)
    return {"event": cast.event.slug, "number": made.pk}


def _two(cast: Cast) -> dict[str, Any]:
    _session(cast)
    return {"event": cast.event.slug, "former": 1, "number": 1}


def _my_calendar(cast: Cast) -> dict[str, Any]:
    code = _session(cast)["code"]
    mine = commands.keep_sessions(cast.event, [code], actor=cast.actor("chloe"), at=NOW)
    return {"event": cast.event.slug, "number": mine.pk, "token": link_token(LINK, str(mine.pk), mine.epoch)}


def _building(cast: Cast) -> dict[str, Any]:
    _session(cast)
    if not Building.objects.filter(event=cast.event).exists():
        commands.start_building(cast.event, actor=cast.actor("hugo"), at=NOW)
    return {"event": cast.event.slug}


def _forum(cast: Cast) -> dict[str, Any]:
    from tests.programme.conftest import Programme

    found = Session.objects.filter(event=cast.event, kind="open_space").first()
    if found is None:
        programme = Programme(cast)
        found = programme.placed("Forum ouvert", kind="open_space", needs=commands.Needs(tables=3))
        programme.publish()
    return {"event": cast.event.slug, "code": found.code}


def _subject(cast: Cast) -> dict[str, Any]:
    known = _forum(cast)
    forum = Session.objects.get(code=known["code"])
    brought = OpenSubject.objects.filter(session=forum, removed_at=None).first()
    if brought is None:
        brought = commands.bring_subject(forum, title="Le libre", place=commands.Place(1, 1), actor=cast.actor("hugo"), at=NOW)
    return known | {"subject": brought.code}


ACCESS = {
    "programme:subjects": Row(allowed=EVERYONE, kwargs=_forum, foreign=lambda cast: _forum(cast) | {"event": cast.other.slug}),
    "programme:subject_move": Row(
        allowed=EVERYONE, kwargs=_subject, method="POST", foreign=lambda cast: _subject(cast) | {"event": cast.other.slug}
    ),
    "programme:subject_away": Row(
        allowed=EVERYONE, kwargs=_subject, method="POST", foreign=lambda cast: _subject(cast) | {"event": cast.other.slug}
    ),
    "programme:open_spaces": Row(allowed=("programme", "coordination", "door"), kwargs=_event),
    "programme:programme": Row(allowed=EVERYONE, kwargs=_event),
    "programme:versions": Row(allowed=EVERYONE, kwargs=_event),
    "programme:version": Row(allowed=EVERYONE, kwargs=_version),
    "programme:between": Row(allowed=EVERYONE, kwargs=_two),
    "programme:between_as_data": Row(allowed=EVERYONE, kwargs=_two),
    "programme:stream": Row(allowed=EVERYONE, kwargs=_event),
    "programme:screen": Row(allowed=EVERYONE, kwargs=lambda cast: {"event": _session(cast)["event"]}),
    "programme:room": Row(
        allowed=EVERYONE, kwargs=lambda cast: {"event": _session(cast)["event"], "venue": "stereolux", "room": "micro"}
    ),
    "programme:embed": Row(allowed=EVERYONE, kwargs=lambda cast: {"event": _session(cast)["event"]}),
    "programme:offline_worker": Row(allowed=EVERYONE, kwargs=_event),
    "programme:mine": Row(allowed=EVERYONE, kwargs=_event),
    "programme:my_account": Row(allowed=SIGNED_IN, kwargs=_event),
    "programme:keep": Row(allowed=SIGNED_IN, kwargs=_event, method="POST"),
    "programme:change_mine": Row(allowed=SIGNED_IN, kwargs=_event, method="POST"),
    "programme:keep_one": Row(allowed=SIGNED_IN, kwargs=_session),
    "programme:my_calendar": Row(allowed=EVERYONE, kwargs=_my_calendar),
    "programme:paper": Row(allowed=EVERYONE, kwargs=lambda cast: {"event": _session(cast)["event"], "paper": "poche"}),
    "programme:places": Row(allowed=EVERYONE, kwargs=_event),
    "programme:person": Row(allowed=EVERYONE, kwargs=_person),
    "programme:session": Row(allowed=EVERYONE, kwargs=_session, foreign=_elsewhere),
    "programme:team": Row(allowed=COMPOSING, kwargs=_event),
    "programme:state": Row(allowed=COMPOSING, kwargs=_event),
    "programme:undo": Row(allowed=COMPOSING, kwargs=_event, method="POST"),
    "programme:redo": Row(allowed=COMPOSING, kwargs=_event, method="POST"),
    "programme:move": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
    "programme:venues": Row(allowed=COMPOSING, kwargs=_event),
    "programme:venue": Row(
        allowed=COMPOSING,
        kwargs=lambda cast: {"event": cast.event.slug, "venue": "stereolux"},
        foreign=lambda cast: {"event": cast.other.slug, "venue": "stereolux"},
    ),
    "programme:place": Row(allowed=COMPOSING, kwargs=_event, method="POST"),
    "programme:slots": Row(allowed=COMPOSING, kwargs=_event),
    "programme:publish": Row(allowed=COMPOSING, kwargs=_event),
    "programme:import": Row(allowed=COMPOSING, kwargs=_event),
    "programme:import_file": Row(allowed=COMPOSING, kwargs=_file, foreign=lambda cast: _file(cast) | {"event": cast.other.slug}),
    "programme:build": Row(allowed=COMPOSING, kwargs=_event),
    "programme:build_stop": Row(allowed=COMPOSING, kwargs=_building, method="POST"),
    "programme:build_accept": Row(allowed=COMPOSING, kwargs=_building, method="POST"),
    "programme:build_refuse": Row(allowed=COMPOSING, kwargs=_building, method="POST"),
    "programme:build_loosen": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
    "programme:new": Row(allowed=COMPOSING, kwargs=_event),
    "programme:edit": Row(allowed=COMPOSING, kwargs=_session, foreign=_elsewhere),
    "programme:try": Row(allowed=COMPOSING, kwargs=_event),
    "programme:unite": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
    "programme:part": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
    "programme:follow": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
    "programme:next_part": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
    "programme:unplace": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
    "programme:put_back": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
    "programme:confirm": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
    "programme:cancel": Row(allowed=COMPOSING, kwargs=_session, method="POST", foreign=_elsewhere),
}
