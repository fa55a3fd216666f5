"""When two topics become one, what was said of the first is read, counted and followed with the second; and back."""

from datetime import datetime

from django.db import transaction

from encommun.deliberation.models import TopicMove
from encommun.deliberation.queries import moves_of
from encommun.deliberation.refusals import NotMoved, SameTopic
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.journal.commands import record


@transaction.atomic
def move_topic(event: Event, kind: str, from_code: str, to_code: str, *, actor: Actor, at: datetime) -> TopicMove:
    """Read comments, interests and followers of one topic with another's. The command that merges has asked who may.

    No row is touched, so that the way back loses nothing, not even what was said since.

    Raises:
        SameTopic: the second is the first, or leads to it.
    """
    if from_code == to_code or moves_of(event, kind).get(to_code) == from_code:
        raise SameTopic()
    move, _made = TopicMove.objects.update_or_create(
        event=event, topic_kind=kind, from_code=from_code, defaults={"to_code": to_code, "moved_at": at}
    )
    record(
        "deliberation.topic_moved",
        actor=actor,
        at=at,
        event_id=event.pk,
        about=move,
        public=True,
        kind_of_topic=kind,
        from_code=from_code,
        to_code=to_code,
    )
    return move


@transaction.atomic
def move_topic_back(event: Event, kind: str, from_code: str, *, actor: Actor, at: datetime) -> None:
    """Undo: each topic has its own again; what was written since the merge stays where it was written.

    Raises:
        NotMoved: there is nothing to undo.
    """
    move = TopicMove.objects.filter(event=event, topic_kind=kind, from_code=from_code).first()
    if move is None:
        raise NotMoved()
    record(
        "deliberation.topic_moved_back",
        actor=actor,
        at=at,
        event_id=event.pk,
        about=move,
        public=True,
        kind_of_topic=kind,
        from_code=from_code,
        to_code=move.to_code,
    )
    move.delete()
