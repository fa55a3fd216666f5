"""Change what a session says of itself, and who takes part."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.programme.commands.make_session import NEEDS, SessionText, SomebodyTaking, set_people
from encommun.programme.models import Session
from encommun.programme.rules import may_compose


@transaction.atomic
def edit_session(
    session: Session, text: SessionText, people: Iterable[SomebodyTaking] | None = None, *, actor: Actor, at: datetime
) -> None:
    """Change the draft; readers see it with the next version. ``people`` None leaves them as they are.

    Raises:
        NotAllowed: the actor does not compose the programme.
        TitleMissing: a session has a title.
    """
    require(may_compose(actor, session.event))
    text.put_on(session)
    session.version = F("version") + 1
    session.save(
        update_fields=["title", "abstract", "axis", "format_name", "language", "licence", "minutes", "kind", *NEEDS, "version"]
    )
    session.refresh_from_db(fields=["version"])
    if people is not None:
        set_people(session, people)
    record("programme.session_edited", actor=actor, at=at, event_id=session.event_id, about=session)
