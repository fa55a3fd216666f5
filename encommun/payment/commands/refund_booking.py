"""A booking that was paid is cancelled: its money goes back."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import SYSTEM
from encommun.journal.commands import record
from encommun.payment.models import Payment
from encommun.registration.models import Booking


@transaction.atomic
def refund_booking(booking: Booking, *, at: datetime) -> int:
    """Put every paid payment of a cancelled booking on the list of refunds; answer how many."""
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    if booking.state != Booking.State.CANCELLED:
        return 0
    count = booking.payments.filter(state=Payment.State.PAID).update(state=Payment.State.TO_REFUND)
    if count:
        record("payment.to_refund", actor=SYSTEM, at=at, event_id=booking.event_id, about=booking, payments=count)
    return count
