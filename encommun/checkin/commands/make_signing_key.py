"""Make the key pair that signs the tickets of an event."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from encommun.checkin.models import SigningKey
from encommun.events.models import Event
from encommun.events.rules import may_act_as
from encommun.foundation.actor import Actor, ActorKind
from encommun.foundation.refusals import require
from encommun.foundation.signing import seal
from encommun.journal.commands import record


@transaction.atomic
def make_signing_key(event: Event, *, actor: Actor, at: datetime) -> SigningKey:
    """Make the next key of the event. Tickets signed before stay good: their key keeps its number.

    Raises:
        NotAllowed: only coordination, or the machine itself for the first key.
    """
    if actor.kind != ActorKind.SYSTEM:
        require(may_act_as(actor, event))
    Event.objects.select_for_update().get(pk=event.pk)  # two first tickets at once make one key
    last = event.signing_keys.order_by("-number").first()
    if last is not None and actor.kind == ActorKind.SYSTEM:
        return last
    pair = Ed25519PrivateKey.generate()
    key = SigningKey.objects.create(
        event=event,
        number=last.number + 1 if last else 1,
        public_key=pair.public_key().public_bytes_raw(),
        sealed_private_key=seal("checkin.key", pair.private_bytes_raw()),
        made_at=at,
    )
    record("checkin.key_made", actor=actor, at=at, event_id=event.pk, about=key, number=key.number)
    return key
