"""Say where transfers for an event go."""

from datetime import datetime

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor, ActorKind
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.payment.models import TransferAccount
from encommun.payment.refusals import WrongIban
from encommun.registration.rules import keeps_registration


@transaction.atomic
def set_transfer_account(event: Event, *, holder: str, iban: str, bic: str = "", actor: Actor, at: datetime) -> TransferAccount:
    """Set the account of an event. The journal keeps its last four characters.

    Raises:
        NotAllowed, WrongIban
    """
    from stdnum import iban as ibans
    from stdnum.exceptions import ValidationError

    if actor.kind != ActorKind.SYSTEM:
        require(keeps_registration(actor, event.pk))
    try:
        number = ibans.validate(clean_line(iban))
    except ValidationError:
        raise WrongIban() from None
    values = {"holder": clean_line(holder)[:120], "iban": number, "bic": clean_line(bic).replace(" ", "").upper()[:11]}
    account, _made = TransferAccount.objects.update_or_create(event=event, defaults=values)
    record("payment.account_set", actor=actor, at=at, event_id=event.pk, about=account, ends_with=number[-4:])
    return account
