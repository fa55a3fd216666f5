"""Somebody says how she is named, and whether readers may see it."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.programme.models import PublishedPerson, Session
from encommun.programme.rules import may_compose


@transaction.atomic
def introduce_person(
    session: Session, *, email: str, name: str, structure_name: str, name_is_public: bool, actor: Actor, at: datetime
) -> None:
    """Change how a session names somebody. A name taken back goes at once from every version; a new one waits for the next.

    Raises:
        NotAllowed: the actor does not compose the programme.
    """
    require(may_compose(actor, session.event))
    parts = session.parts.filter(email=email).exclude(email="")
    wanted = {"structure_name": structure_name, "name_is_public": name_is_public and bool(name)} | ({"name": name} if name else {})
    changed = parts.exclude(**wanted).update(**wanted)
    hidden = 0
    if not name_is_public:
        hidden, _rows = PublishedPerson.objects.filter(event=session.event_id, email=email).exclude(email="").delete()
    if changed or hidden:
        record(
            "programme.person_introduced",
            actor=actor,
            at=at,
            event_id=session.event_id,
            about=session,
            public=bool(hidden),
            hidden=hidden,
        )
