"""Revoke a key of the API."""

from datetime import datetime

from django.db import transaction

from encommun.events.models import TeamToken
from encommun.events.rules import may_change_team
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record


@transaction.atomic
def revoke_token(token: TeamToken, *, actor: Actor, at: datetime) -> None:
    """End a key at once. Revoking it again does nothing more.

    Raises:
        NotAllowed.
    """
    require(may_change_team(actor, token.event))
    if not TeamToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
        return
    token.revoked_at = at
    record("events.token_revoked", actor=actor, at=at, event_id=token.event_id, about=token)
