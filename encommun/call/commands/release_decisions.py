"""Send all the answers that are ready, together."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Decision
from encommun.call.queries import ready_decisions
from encommun.call.refusals import NothingToRelease
from encommun.call.rules import may_choose
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import ChangedMeanwhile, require
from encommun.journal.commands import record


@transaction.atomic
def release_decisions(event: Event, *, read: dict[str, str], actor: Actor, at: datetime) -> list[str]:
    """Make the answers known to their authors (a letter each follows) and to the public; answer the codes.

    Args:
        read: code of each proposal -> when its answer was decided (ISO 8601), as whoever releases has read them.

    Raises:
        NotAllowed: the actor does not choose here.
        NothingToRelease: nothing was ready.
        ChangedMeanwhile: an answer was changed, added or taken away since it was read.
    """
    require(may_choose(actor, event))
    ready = list(ready_decisions(event).select_for_update(of=("self",)))
    if not ready:
        raise NothingToRelease()
    if read != {decision.proposal.code: decision.decided_at.isoformat() for decision in ready}:
        raise ChangedMeanwhile()
    Decision.objects.filter(pk__in=[decision.pk for decision in ready]).update(released_at=at)
    codes = sorted(read)
    record("call.decisions_released", actor=actor, at=at, event_id=event.pk, about=event.call, public=True, codes=codes)
    return codes
