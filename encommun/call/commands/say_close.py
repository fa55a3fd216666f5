"""Say that two proposals look close."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Closeness, Proposal
from encommun.call.refusals import NotToMerge, ReasonMissing
from encommun.foundation.actor import Actor
from encommun.foundation.text import clean_text
from encommun.journal.commands import record


@transaction.atomic
def say_close(first: Proposal, second: Proposal, *, reason: str, actor: Actor, at: datetime) -> Closeness:
    """Tell the authors of both, and the team, that they look close. Anybody may; nothing is kept about who.

    Raises:
        NotToMerge: they are one, or one is not public.
        ReasonMissing: no reason.
    """
    if first.pk == second.pk or not first.state == second.state == Proposal.State.PUBLISHED:
        raise NotToMerge()
    if not (reason := clean_text(reason)):
        raise ReasonMissing()
    said = Closeness.objects.create(first=first, second=second, reason=reason[:1000], at=at)
    record("call.said_close", actor=actor, at=at, event_id=first.event_id, about=first, other=second.code, closeness=said.pk)
    return said
