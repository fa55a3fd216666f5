"""Draw new recovery codes."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.journal.commands import record
from encommun.people.models import Account
from encommun.people.rules import may_change_account


@transaction.atomic
def renew_recovery_codes(account: Account, *, actor: Actor, at: datetime) -> list[str]:
    """Draw new codes in the place of the former ones, and answer them.

    Raises:
        NotFound: it is not the actor's own account, or it has no second factor to recover from.
    """
    require(may_change_account(actor, account))
    Account.objects.select_for_update().get(pk=account.pk)
    factors = Authenticator.objects.filter(user=account)
    if not factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        raise NotFound()
    factors.filter(type=Authenticator.Type.RECOVERY_CODES).delete()
    codes = RecoveryCodes.activate(account).get_unused_codes()
    record("people.recovery_codes_renewed", actor=actor, at=at, about=account)
    return codes
