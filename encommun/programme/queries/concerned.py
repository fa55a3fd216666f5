"""Whom a change of the programme concerns."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from encommun.events.models import Event
from encommun.programme.models import MyProgramme, Part, ProgrammeVersion
from encommun.programme.queries.changes import differences

#: Changes that are worth a letter to somebody who takes part in the session or keeps it.
TOLD = ("moved", "placed", "unplaced", "cancelled", "restored", "title", "gone")


@dataclass(kw_only=True)
class Concerned:
    """Somebody, the codes of her sessions, and the language of her account or sessions."""

    name: str = ""
    language: str = "fr"
    codes: set[str] = field(default_factory=set)


def concerned_by(event: Event) -> dict[str, Concerned]:
    """By address: those who take part in sessions, and those who keep sessions and asked for letters. Three statements."""
    found: dict[str, Concerned] = {}
    parts = Part.objects.filter(session__event=event).exclude(email="").select_related("session").only(
        "email", "name", "session__code", "session__language"
    )  # fmt: skip
    for part in parts:
        one = found.setdefault(part.email, Concerned(name=part.name))
        one.codes.add(part.session.code)
        one.language = "en" if part.session.language == "en" else "fr"
    keeping = MyProgramme.objects.filter(event=event, wants_letters=True, account__is_active=True).select_related("account")
    for mine in keeping.prefetch_related("sessions"):
        one = found.setdefault(mine.account.email, Concerned())
        one.language = mine.account.language[:2]
        one.codes |= {session.code for session in mine.sessions.all()}
    return found


def changes_for(codes: Iterable[str], former: ProgrammeVersion, version: ProgrammeVersion) -> list[dict[str, Any]]:
    """What changes between two versions for somebody's sessions."""
    known = set(codes)
    return [one for one in differences(former.content, version.content) if one["code"] in known and one["kind"] in TOLD]
