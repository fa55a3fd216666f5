"""Publish the draft as a version that never changes."""

from datetime import datetime

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.programme.models import ProgrammeVersion
from encommun.programme.queries.changes import differences
from encommun.programme.queries.content import People, content_of_draft, count_changes, sessions_to_publish
from encommun.programme.queries.published import latest_version
from encommun.programme.queries.publishing import digest
from encommun.programme.refusals import DraftChanged, NothingChanged, NothingToPublish
from encommun.programme.rules import may_compose


@transaction.atomic
def publish_programme(event: Event, *, note: str = "", seen: str | None = None, actor: Actor, at: datetime) -> ProgrammeVersion:
    """Make the next version.

    Args:
        seen: the digest of the draft that the person read before confirming (``queries.publishing``), if a page asks.

    Raises:
        NotAllowed: the actor does not compose the programme.
        NothingToPublish, NothingChanged: there is nothing (new) to say.
        DraftChanged: the draft is not what was read.
    """
    require(may_compose(actor, event))
    Event.objects.select_for_update().filter(pk=event.pk).first()  # versions of an event are made one after the other
    last = latest_version(event)
    former = last.content if last else None
    shown = sessions_to_publish(event, former)
    planned = content_of_draft(event, former, shown)
    if seen is not None and seen != digest(planned):
        raise DraftChanged()
    if not planned["sessions"]:
        raise NothingToPublish()
    changes = differences(former, planned)
    if last is not None and not changes:
        raise NothingChanged(number=last.number)
    parts = [part for session in shown for part in session.parts.all()]
    People(event, parts).publish(event, parts)
    version = ProgrammeVersion.objects.create(
        event=event,
        number=last.number + 1 if last else 1,
        published_at=at,
        published_by=actor.reference,
        note=clean_line(note)[:500],
        content=count_changes(content_of_draft(event, former, shown), former, at),
        changes=changes,
    )
    record("programme.version_published", actor=actor, at=at, event_id=event.pk, about=version, public=True, number=version.number)
    return version
