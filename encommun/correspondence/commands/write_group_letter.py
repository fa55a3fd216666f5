"""Write a letter to a group, change it while it is a draft, drop it."""

from datetime import datetime

from django.db import transaction

from encommun.correspondence.models import GroupLetter
from encommun.correspondence.queries import segment_named
from encommun.correspondence.rules import may_change, may_write, words_are_whole
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.refusals import ChangedMeanwhile, require
from encommun.journal.commands import record


@transaction.atomic
def write_group_letter(
    event: Event, *, segment: str, subject: dict[str, str], body: dict[str, str], actor: Actor, at: datetime
) -> GroupLetter:
    """Write a draft: nothing leaves before it is read again and released.

    Raises:
        UnknownSegment, NotAllowed, WordsMissing, UnknownPlace
    """
    require(may_write(actor, event, segment_named(segment).roles))
    require(words_are_whole(subject, body))
    letter = GroupLetter.objects.create(event=event, code=new_code(8), segment=segment, subject=subject, body=body, made_at=at)
    record("correspondence.letter_written", actor=actor, at=at, event_id=event.pk, about=letter, segment=segment)
    return letter


@transaction.atomic
def edit_letter(
    letter: GroupLetter, *, segment: str, subject: dict[str, str], body: dict[str, str], version: int, actor: Actor, at: datetime
) -> None:
    """Change a draft.

    Raises:
        AlreadyReleased, ChangedMeanwhile: somebody else saved since ``version``; UnknownSegment, NotAllowed, WordsMissing, UnknownPlace
    """
    require(may_write(actor, letter.event, segment_named(letter.segment).roles))
    require(may_write(actor, letter.event, segment_named(segment).roles))
    require(words_are_whole(subject, body))
    now = GroupLetter.objects.select_for_update().get(pk=letter.pk)
    require(may_change(now))
    if now.version != version:
        raise ChangedMeanwhile()
    now.segment, now.subject, now.body, now.version = segment, subject, body, version + 1
    now.save(update_fields=["segment", "subject", "body", "version"])
    record("correspondence.letter_changed", actor=actor, at=at, event_id=now.event_id, about=now, version=now.version)


@transaction.atomic
def drop_letter(letter: GroupLetter, *, actor: Actor, at: datetime) -> None:
    """Give a draft up.

    Raises:
        NotAllowed, AlreadyReleased
    """
    require(may_write(actor, letter.event, segment_named(letter.segment).roles))
    now = GroupLetter.objects.select_for_update().get(pk=letter.pk)
    require(may_change(now))
    now.state = GroupLetter.State.DROPPED
    now.save(update_fields=["state"])
    record("correspondence.letter_dropped", actor=actor, at=at, event_id=now.event_id, about=now)
