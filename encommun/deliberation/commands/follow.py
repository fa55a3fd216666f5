"""Be told of what is written about a topic, once a day at most."""

from datetime import datetime

from django.db import transaction

from encommun.deliberation.models import Follow
from encommun.deliberation.rules import is_follower
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record


@transaction.atomic
def follow(
    event: Event,
    kind: str,
    code: str,
    *,
    email: str,
    account_id: int | None,
    language: str,
    again: bool,
    actor: Actor,
    at: datetime,
) -> Follow:
    """Follow a topic with a proven address. What was written before is not told.

    Args:
        again: follow once more although she had stopped; without it, who stopped is left in peace.
    """
    found, made = Follow.objects.get_or_create(
        event=event,
        topic_kind=kind,
        topic_code=code,
        email=email,
        defaults={"account_id": account_id, "language": language, "told_until": at},
    )
    if not made and again and found.stopped_at is not None:
        found.stopped_at, found.told_until = None, at
        found.save(update_fields=["stopped_at", "told_until"])
        made = True
    if made:
        record("deliberation.followed", actor=actor, at=at, event_id=event.pk, about=found)
    return found


@transaction.atomic
def stop_following(found: Follow, *, everything: bool = False, actor: Actor, at: datetime) -> int:
    """Be told no more of this topic, or of any on the event; answer of how many.

    Raises:
        NotFound: it is somebody else's.
    """
    require(is_follower(actor, found))
    hers = Follow.objects.filter(event=found.event, email=found.email, stopped_at=None)
    count = (hers if everything else hers.filter(pk=found.pk)).update(stopped_at=at)
    record("deliberation.unfollowed", actor=actor, at=at, event_id=found.event_id, about=found, count=count)
    return count
