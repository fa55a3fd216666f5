"""Record what happened, in the transaction that makes it happen."""

from datetime import datetime
from typing import Any

from django.db import connection, models

from encommun.foundation.actor import Actor
from encommun.foundation.composed import insert
from encommun.journal.models import Entry, PublicStamp
from encommun.journal.rules import reference


def record(
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    about: models.Model,
    event_id: int | None = None,
    public: bool = False,
    **facts: Any,
) -> Entry:
    """Write one entry.

    Args:
        kind: «package.what_happened», in the past.
        about: the object concerned; named by its public code where it has one.
        public: whether public pages of the event change with it.
        facts: codes and numbers, JSON types; never a name, an address or a free text of a person.

    Raises:
        RuntimeError: outside a transaction.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"{kind} must be recorded in the transaction that makes it happen")
    entry = Entry(kind=kind, at=at, actor=actor.reference, event_id=event_id, about=reference(about), facts=facts)
    insert([entry])
    if public:
        PublicStamp.objects.bump(event_id or 0)
    return entry
