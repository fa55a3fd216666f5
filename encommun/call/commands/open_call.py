"""Set up the call of an event."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from encommun.call.models import Call, Format
from encommun.call.refusals import WrongDates
from encommun.call.rules import may_choose
from encommun.events.models import Event
from encommun.foundation.actor import Actor, ActorKind
from encommun.foundation.refusals import require
from encommun.journal.commands import record


@dataclass(frozen=True, kw_only=True)
class FormatOffered:
    """A form that sessions may take; ``is_free`` is «another one, describe it»."""

    slug: str
    name: dict[str, str]
    purpose: dict[str, str]
    minutes: int = 60
    is_free: bool = False


@transaction.atomic
def open_call(
    event: Event,
    *,
    instruction: dict[str, str],
    opens_at: datetime,
    closes_at: datetime,
    formats: list[FormatOffered],
    actor: Actor,
    at: datetime,
) -> Call:
    """Open the call, or change its text, dates and formats. Formats that proposals use stay.

    Raises:
        NotAllowed: only the programme team (or the command line).
        WrongDates: it would close before it opens.
    """
    if actor.kind != ActorKind.SYSTEM:
        require(may_choose(actor, event))
    if closes_at <= opens_at:
        raise WrongDates()
    call, made = Call.objects.update_or_create(
        event=event, defaults={"instruction": instruction, "opens_at": opens_at, "closes_at": closes_at}
    )
    for position, offered in enumerate(formats):
        facts = {"name": offered.name, "purpose": offered.purpose, "minutes": offered.minutes, "is_free": offered.is_free}
        Format.objects.update_or_create(event=event, slug=offered.slug, defaults=facts | {"position": position})
    event.formats.filter(proposals=None).exclude(slug__in=[offered.slug for offered in formats]).delete()
    kind = "call.opened" if made else "call.changed"
    record(kind, actor=actor, at=at, event_id=event.pk, about=call, public=True, closes_at=closes_at.isoformat())
    return call
