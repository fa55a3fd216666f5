"""The team gives money back: a part or the whole of a payment."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.money import in_words
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.payment.commands.list_refund import list_refund
from encommun.payment.commands.write_ledger import write_ledger
from encommun.payment.models import LedgerEntry, Payment, Refund
from encommun.payment.refusals import NothingToRefund, TooMuchToRefund
from encommun.registration.models import Booking
from encommun.registration.rules import keeps_registration


@transaction.atomic
def refund_payment(payment: Payment, *, amount_cents: int, actor: Actor, at: datetime) -> Refund:
    """List a sum to give back from a payment. The booking stays as it is; its price is that much less.

    Raises:
        NotAllowed, NothingToRefund, TooMuchToRefund
    """
    booking = Booking.objects.select_for_update().get(pk=payment.booking_id)
    require(keeps_registration(actor, booking.event_id))
    payment = Payment.objects.select_for_update().select_related("booking").get(pk=payment.pk)
    left = payment.refundable_cents
    if payment.state != Payment.State.PAID or not left:
        raise NothingToRefund()
    if not 0 < amount_cents <= left:
        raise TooMuchToRefund(most=in_words(left))
    refund = list_refund(payment, amount_cents, why=Refund.Why.GOODWILL, at=at)
    if booking.state == Booking.State.CONFIRMED:
        source = f"waived:{refund.reference}"
        write_ledger(booking, LedgerEntry.Kind.WAIVED, amount_cents, source=source, at=at, payment=payment)
    else:
        source = f"kept-less:{refund.reference}"
        write_ledger(booking, LedgerEntry.Kind.KEPT, -amount_cents, source=source, at=at, payment=payment)
    facts = {"payment": payment.reference, "amount_cents": amount_cents, "refund": refund.reference}
    record("payment.refund_listed", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    return refund
