"""Make a key of the API."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from encommun.events.models import Event, TeamToken
from encommun.events.refusals import KeyWithoutName, RoleNotForKeys, WrongLifetime
from encommun.events.rules import LONGEST_LIFE, ROLES_OF_KEYS, may_change_team
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.signing import secret_hash
from encommun.foundation.text import clean_line
from encommun.journal.commands import record

PREFIX = "encommun_"  # so that a key left in a public file is recognised by those who look for such leaks


@transaction.atomic
def make_token(event: Event, *, name: str, role: str, days: int, actor: Actor, at: datetime) -> tuple[TeamToken, str]:
    """Make a key; answer it with its secret, which is kept nowhere.

    Raises:
        NotAllowed, KeyWithoutName, RoleNotForKeys, WrongLifetime.
    """
    require(may_change_team(actor, event))
    if not (name := clean_line(name)[:80]):
        raise KeyWithoutName()
    if role not in ROLES_OF_KEYS:
        raise RoleNotForKeys(role=role)
    if not 1 <= days <= LONGEST_LIFE:
        raise WrongLifetime(most=LONGEST_LIFE)
    secret = PREFIX + secrets.token_urlsafe(32)
    token = TeamToken.objects.create(
        event=event, name=name, role=role, secret_hash=secret_hash(secret), created_at=at, expires_at=at + timedelta(days=days)
    )
    record("events.token_made", actor=actor, at=at, event_id=event.pk, about=token, role=role, days=days)
    return token, secret
