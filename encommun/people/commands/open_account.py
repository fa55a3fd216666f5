"""Make the account of an address, if there is none."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import VISITOR
from encommun.foundation.text import clean_email
from encommun.journal.commands import record
from encommun.people.models import Account


@transaction.atomic
def open_account(*, email: str, language: str, at: datetime) -> Account:
    """The account of an address, made on the way when somebody asks for a code to sign in.

    The address is proven by the code: until then nobody is signed in, and an account never used is purged.
    """
    account, made = Account.objects.get_or_create(email=clean_email(email), defaults={"language": language, "created_at": at})
    if made:
        record("people.account_opened", actor=VISITOR, at=at, about=account)
    return account
