"""Let a letter leave to the people of its group, as they are now."""

from datetime import datetime

from django.db import transaction

from encommun.correspondence.models import GroupLetter, Recipient
from encommun.correspondence.queries import people_of, segment_named
from encommun.correspondence.refusals import NobodyThere
from encommun.correspondence.rules import may_change, may_write
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import ChangedMeanwhile, require
from encommun.journal.commands import record


@transaction.atomic
def release_letter(letter: GroupLetter, *, version: int, actor: Actor, at: datetime) -> int:
    """Fix who receives it; the worker writes their letters. Answers how many people.

    Raises:
        NotAllowed, AlreadyReleased, NobodyThere
        ChangedMeanwhile: the text is not the one that was read again.
    """
    segment = segment_named(letter.segment)
    require(may_write(actor, letter.event, segment.roles))
    now = GroupLetter.objects.select_for_update().get(pk=letter.pk)
    require(may_change(now))
    if now.version != version:
        raise ChangedMeanwhile()
    return let_leave(now, actor=actor, at=at)


def let_leave(letter: GroupLetter, *, actor: Actor, at: datetime) -> int:
    """The change itself, in the caller's transaction.

    Raises:
        NobodyThere
    """
    people = people_of(segment_named(letter.segment), letter.event)
    if not people:
        raise NobodyThere()
    letter.state, letter.released_at, letter.released_by_id = GroupLetter.State.LEAVING, at, actor.account_id
    letter.save(update_fields=["state", "released_at", "released_by"])
    Recipient.objects.bulk_create(
        [
            Recipient(group_letter=letter, email=one.email, name=one.name[:120], language=one.language, links=one.links)
            for one in people
        ],
        batch_size=500,
    )
    record("correspondence.letter_released", actor=actor, at=at, event_id=letter.event_id, about=letter, people=len(people))
    return len(people)
