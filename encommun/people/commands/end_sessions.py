"""Sign out everywhere."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.people.models import Account
from encommun.people.rules import may_change_account


@transaction.atomic
def end_sessions(account: Account, *, actor: Actor, at: datetime) -> None:
    """End every session of the account at its next request.

    Each session holds a hash over the (unusable) password: a new one ends them all. The view renews the present one.

    Raises:
        NotFound: it is not the actor's own account.
    """
    require(may_change_account(actor, account))
    account.set_unusable_password()
    account.save(update_fields=["password"])
    record("people.sessions_ended", actor=actor, at=at, about=account)
