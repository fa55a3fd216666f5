"""Somebody's hours, wherever she takes part at a gathering."""

from datetime import datetime

from django.db import transaction

from encommun.events.models import Event, Presence
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.programme.models import Part
from encommun.programme.rules import may_compose


@transaction.atomic
def set_presence(event: Event, said: Presence, *, email: str, actor: Actor, at: datetime) -> None:
    """Write her hours beside each of her parts; the builder and the checks of the draft read them there.

    Raises:
        NotAllowed: the actor does not compose the programme.
    """
    require(may_compose(actor, event))
    model = Part(presence=said)
    facts = {"available": model.available, "wished": model.wished, "zone": model.zone}
    hers = Part.objects.filter(session__event=event, email=email).exclude(email="").exclude(**facts)
    if changed := hers.update(**facts):
        record("programme.presence_set", actor=actor, at=at, event_id=event.pk, about=event, parts=changed)
