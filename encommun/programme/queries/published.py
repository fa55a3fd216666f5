"""The published programme."""

from typing import Any

from encommun.events.models import Event
from encommun.foundation.refusals import NotFound
from encommun.programme.models import ProgrammeVersion, Session


def latest_version(event: Event) -> ProgrammeVersion | None:
    """What readers see now, if anything was published. One statement; its content is fetched when it is read."""
    return ProgrammeVersion.objects.filter(event=event).defer("content").order_by("-number").first()


def version_of(event: Event, number: int) -> ProgrammeVersion:
    """A version.

    Raises:
        NotFound: no such version.
    """
    found = ProgrammeVersion.objects.filter(event=event, number=number).defer("content").first()
    if found is None:
        raise NotFound()
    return found


def versions_of(event: Event) -> list[ProgrammeVersion]:
    """Every version without its content, the latest first."""
    return list(ProgrammeVersion.objects.filter(event=event).defer("content").order_by("-number"))


def changes_by_session(event: Event) -> dict[str, list[tuple[ProgrammeVersion, dict[str, Any]]]]:
    """What later versions changed, by code of a session, the latest first."""
    found: dict[str, list[tuple[ProgrammeVersion, dict[str, Any]]]] = {}
    for version in ProgrammeVersion.objects.filter(event=event, number__gt=1).defer("content").order_by("-number"):
        for change in version.changes:
            if change["code"]:
                found.setdefault(change["code"], []).append((version, change))
    return found


def sessions_of_axis(event: Event, axis: str) -> list[dict[str, Any]]:
    """Published sessions of an axis (its slug) that stand, by time, those not placed yet last; as in ``content``."""
    version = latest_version(event)
    sessions = version.content["sessions"] if version else []
    standing = [one for one in sessions if one["axis"] == axis and one["state"] != "cancelled"]
    return sorted(standing, key=lambda one: (one["starts_at"] or "9", one["title"]))


def resources_of(event: Event, code: str) -> list[Any]:
    """What was published from a session, through the relation that ``commons`` adds: code and title are enough here."""
    session = Session.objects.filter(event=event, code=code).first()
    return list(session.resources.filter(withdrawn_at=None).order_by("published_at")) if session else []
