"""Add a second factor: an application that gives codes, or a passkey."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.people.models import Account
from encommun.people.refusals import AlreadyAdded, WrongCode
from encommun.people.rules import may_change_account


@transaction.atomic
def add_application(account: Account, *, secret: str, code: str, actor: Actor, at: datetime) -> Authenticator:
    """Add an application that gives codes, once it has shown a right one. Recovery codes come with the first factor.

    Raises:
        NotFound: it is not the actor's own account.
        WrongCode: the code does not come from this secret.
        AlreadyAdded: there is one.
    """
    require(may_change_account(actor, account))
    Account.objects.select_for_update().get(pk=account.pk)
    if Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        raise AlreadyAdded()
    if not validate_totp_code(secret, code):
        raise WrongCode()
    return _added(account, TOTP.activate(account, secret).instance, actor=actor, at=at)


@transaction.atomic
def add_passkey(account: Account, *, name: str, credential: dict[str, Any], actor: Actor, at: datetime) -> Authenticator:
    """Add a passkey whose answer was checked (``forms.PasskeyForm``).

    Raises:
        NotFound: it is not the actor's own account.
    """
    require(may_change_account(actor, account))
    return _added(account, WebAuthn.add(account, clean_line(name), credential).instance, actor=actor, at=at)


def _added(account: Account, factor: Authenticator, *, actor: Actor, at: datetime) -> Authenticator:
    RecoveryCodes.activate(account)
    record("people.second_factor_added", actor=actor, at=at, about=account, type=factor.type)
    return factor
