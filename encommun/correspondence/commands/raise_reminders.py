"""Make the letters of reminders whose day has come."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from encommun.call.models import Call, Decision
from encommun.correspondence.commands.release_letter import let_leave
from encommun.correspondence.models import GroupLetter, Reminder
from encommun.correspondence.refusals import NobodyThere
from encommun.correspondence.rules import is_due
from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM
from encommun.foundation.codes import new_code
from encommun.journal.commands import record


def raise_reminders(*, at: datetime) -> int:
    """Make one letter for each reminder that is due; answer how many. Several workers make one all the same."""
    return sum(
        _raise(reminder, at)
        for reminder in Reminder.objects.filter(is_on=True).select_related("event")
        if is_due(reminder, day_of(reminder.anchor, reminder.event), at, reminder.event)
    )


def day_of(anchor: str, event: Event) -> date | None:
    """The day that a reminder counts from, in the event's zone; None while it is not known."""
    match anchor:
        case Reminder.Anchor.BEGINS:
            return event.starts_on
        case Reminder.Anchor.ENDS:
            return event.ends_on
        case Reminder.Anchor.CALL_CLOSES:
            closes = Call.objects.filter(event=event).values_list("closes_at", flat=True).first()
            return closes.astimezone(event.zone).date() if closes else None
    released = Decision.objects.filter(proposal__event=event).aggregate(last=Max("released_at"))["last"]
    return released.astimezone(event.zone).date() if released else None


def _raise(reminder: Reminder, at: datetime) -> bool:
    due_on = day_of(reminder.anchor, reminder.event)
    try:
        with transaction.atomic():
            letter = GroupLetter.objects.create(
                event=reminder.event,
                code=new_code(8),
                segment=reminder.segment,
                subject=reminder.subject,
                body=reminder.body,
                reminder=reminder,
                due_on=due_on,
                made_at=at,
            )
            record("correspondence.reminder_came", actor=SYSTEM, at=at, event_id=reminder.event_id, about=letter)
            if reminder.by_itself:
                let_leave(letter, actor=SYSTEM, at=at)
    except IntegrityError:  # made before
        return False
    except NobodyThere:  # nobody is concerned: nothing to read again
        return False
    return True
