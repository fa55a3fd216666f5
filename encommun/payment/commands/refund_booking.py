"""A booking that was paid is cancelled: its money goes back."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import SYSTEM
from encommun.journal.commands import record
from encommun.payment.commands.list_refund import list_refund
from encommun.payment.commands.write_ledger import write_ledger
from encommun.payment.models import LedgerEntry, Payment, Refund
from encommun.payment.queries.balances import kept_of
from encommun.registration.models import Booking


@transaction.atomic
def refund_booking(booking: Booking, *, cents: int | None = None, at: datetime) -> int:
    """Put what is to be given back of an ended booking on the list of refunds; answer how many sums.

    What is not given back stays in the ledger as «kept». Called again, it finds nothing more to do.

    Args:
        cents: what the person was told that she gets back (``registration`` says it); None: everything.
    """
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    if booking.state not in (Booking.State.CANCELLED, Booking.State.LAPSED):
        return 0
    count = 0
    for payment in booking.payments.filter(state=Payment.State.PAID).select_related("booking").order_by("pk"):
        left = payment.refundable_cents - kept_of(payment)
        back = max(left if cents is None else min(left, cents), 0)
        cents = None if cents is None else cents - back
        source = f"kept:{payment.reference}:{booking.pk}"
        write_ledger(booking, LedgerEntry.Kind.KEPT, left - back, source=source, at=at, payment=payment)
        if back:
            list_refund(payment, back, why=Refund.Why.CANCELLED, at=at)
            count += 1
    if count:
        record("payment.to_refund", actor=SYSTEM, at=at, event_id=booking.event_id, about=booking, payments=count)
    return count
