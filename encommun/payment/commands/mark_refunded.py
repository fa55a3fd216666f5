"""Money went back."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor, ActorKind
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.payment.commands.write_ledger import write_ledger
from encommun.payment.models import LedgerEntry, Payment
from encommun.payment.refusals import NothingToRefund
from encommun.registration.models import Booking
from encommun.registration.rules import keeps_registration


@transaction.atomic
def mark_refunded(payment: Payment, *, provider_refund_id: str = "", actor: Actor, at: datetime) -> Payment:
    """Note a refund: the provider made it, or the team made a transfer back.

    Raises:
        NotAllowed, NothingToRefund
    """
    booking = Booking.objects.select_for_update().get(pk=payment.booking_id)
    if actor.kind != ActorKind.SYSTEM:
        require(keeps_registration(actor, booking.event_id))
    payment = Payment.objects.select_for_update().get(pk=payment.pk)
    if payment.state != Payment.State.TO_REFUND:
        raise NothingToRefund()
    payment.state, payment.provider_refund_id = Payment.State.REFUNDED, provider_refund_id
    payment.save(update_fields=["state", "provider_refund_id"])
    source = f"refunded:{payment.reference}"
    write_ledger(booking, LedgerEntry.Kind.REFUNDED, payment.amount_cents, source=source, at=at, payment=payment)
    facts = {"payment": payment.reference, "amount_cents": payment.amount_cents, "provider": payment.provider}
    record("payment.refunded", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    return payment
