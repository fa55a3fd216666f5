"""Change what an account says of its person."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.people.models import Account
from encommun.people.rules import may_change_account


@transaction.atomic
def update_account(account: Account, *, name: str, language: str, actor: Actor, at: datetime) -> None:
    """Write the name that the person wants and the language of her letters.

    Raises:
        NotFound: it is not the actor's own account.
    """
    require(may_change_account(actor, account))
    account.name, account.language = clean_line(name), language
    account.save(update_fields=["name", "language"])
    record("people.account_updated", actor=actor, at=at, about=account)
