"""Say where a refund by transfer goes."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.payment.models import Refund
from encommun.payment.refusals import NothingToRefund, WrongIban
from encommun.registration.rules import keeps_registration, may_see_booking


@transaction.atomic
def set_refund_account(refund: Refund, *, holder: str, iban: str, actor: Actor, at: datetime) -> Refund:
    """Note the account, given by who booked or by the team. The journal keeps its last four characters.

    Raises:
        NotAllowed, NothingToRefund, WrongIban
    """
    from stdnum import iban as ibans
    from stdnum.exceptions import ValidationError

    booking = refund.payment.booking
    if keeps_registration(actor, booking.event_id) is not True:
        require(may_see_booking(actor, booking))
    if refund.state == Refund.State.DONE:
        raise NothingToRefund()
    try:
        number = ibans.validate(clean_line(iban))
    except ValidationError:
        raise WrongIban() from None
    refund.account_holder, refund.iban = clean_line(holder)[:120], number
    refund.save(update_fields=["account_holder", "iban"])
    facts = {"refund": refund.reference, "ends_with": number[-4:]}
    record("payment.refund_account_set", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    return refund
