"""Set the pattern of the days."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.programme.models import Slot
from encommun.programme.refusals import OutsideDays, SlotEndsFirst, SlotsOverlap
from encommun.programme.rules import day_of, may_compose
from encommun.ui.dates import moment


@dataclass(frozen=True, kw_only=True)
class SlotText:
    """A span of a day, as written down."""

    starts_at: datetime
    ends_at: datetime
    kind: str = Slot.Kind.SESSIONS
    label: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def set_slots(event: Event, slots: Iterable[SlotText], *, actor: Actor, at: datetime) -> None:
    """Replace the slots of the draft; sessions stay where they are.

    Raises:
        NotAllowed: the actor does not compose the programme.
        SlotEndsFirst, SlotsOverlap, OutsideDays: the pattern does not hold.
    """
    require(may_compose(actor, event))
    wanted = sorted(slots, key=lambda slot: slot.starts_at)
    for slot in wanted:
        if slot.ends_at <= slot.starts_at:
            raise SlotEndsFirst(moment=moment(slot.starts_at, event.zone))
        if day_of(slot.starts_at, event.zone) not in event.days:
            raise OutsideDays()
    for one, other in pairwise(wanted):
        if other.starts_at < one.ends_at:
            raise SlotsOverlap(moment=moment(other.starts_at, event.zone))
    event.slots.all().delete()
    Slot.objects.bulk_create(
        Slot(
            event=event,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            kind=slot.kind,
            label={language: clean_line(text) for language, text in slot.label.items() if clean_line(text)},
        )
        for slot in wanted
    )
    record("programme.slots_set", actor=actor, at=at, event_id=event.pk, about=event, slots=len(wanted))
