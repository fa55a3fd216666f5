"""Remove a second factor."""

from datetime import datetime

from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from allauth.mfa.models import Authenticator
from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.journal.commands import record
from encommun.people.models import Account
from encommun.people.rules import may_change_account


@transaction.atomic
def remove_second_factor(account: Account, number: int, *, actor: Actor, at: datetime) -> None:
    """Remove an application or a passkey; with the last one go the recovery codes.

    Raises:
        NotFound: it is not the actor's own account, or it has no such factor.
    """
    require(may_change_account(actor, account))
    factors = Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.RECOVERY_CODES)
    factor = factors.filter(pk=number).first()
    if factor is None:
        raise NotFound()
    factor.delete()
    delete_dangling_recovery_codes(account)
    record("people.second_factor_removed", actor=actor, at=at, about=account, type=factor.type)
