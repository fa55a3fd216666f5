"""Set a letter that comes with the dates of the gathering."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from encommun.correspondence.models import Reminder
from encommun.correspondence.queries import segment_named
from encommun.correspondence.rules import may_write, words_are_whole
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record


@dataclass(frozen=True, kw_only=True)
class ReminderText:
    """What a reminder says, to whom, and when."""

    segment: str
    subject: dict[str, str]
    body: dict[str, str]
    anchor: str
    days: int
    by_itself: bool = False
    is_on: bool = True


@transaction.atomic
def set_reminder(event: Event, text: ReminderText, *, reminder: Reminder | None = None, actor: Actor, at: datetime) -> Reminder:
    """Set a reminder, or change one.

    Raises:
        UnknownSegment, NotAllowed, WordsMissing, UnknownPlace
    """
    if reminder is not None:
        require(may_write(actor, event, segment_named(reminder.segment).roles))
    require(may_write(actor, event, segment_named(text.segment).roles))
    require(words_are_whole(text.subject, text.body))
    reminder = reminder or Reminder(event=event)
    for name, value in vars(text).items():
        setattr(reminder, name, value)
    reminder.save()
    facts = {"anchor": reminder.anchor, "days": reminder.days, "is_on": reminder.is_on}
    record("correspondence.reminder_set", actor=actor, at=at, event_id=event.pk, about=reminder, **facts)
    return reminder


@transaction.atomic
def remove_reminder(reminder: Reminder, *, actor: Actor, at: datetime) -> None:
    """Take a reminder away; the letters that it made stay.

    Raises:
        NotAllowed
    """
    require(may_write(actor, reminder.event, segment_named(reminder.segment).roles))
    record("correspondence.reminder_removed", actor=actor, at=at, event_id=reminder.event_id, about=reminder)
    reminder.delete()
