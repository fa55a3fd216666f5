"""Do bookings, payments and the ledger say the same thing?"""

from collections.abc import Iterator

from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from encommun.payment.models import LedgerEntry, Payment
from encommun.registration.models import Booking


def what_does_not_hold() -> Iterator[str]:
    """A sentence for each booking or payment whose money does not add up."""
    kind = LedgerEntry.Kind

    def total(which: str) -> Coalesce:
        return Coalesce(Sum("ledger__amount_cents", filter=Q(ledger__kind=which)), 0)

    bookings = Booking.objects.annotate(received=total(kind.RECEIVED), back=total(kind.REFUNDED))
    for booking in bookings.filter(Q(state=Booking.State.CONFIRMED) | Q(received__gt=0)).iterator(chunk_size=500):
        kept = booking.received - booking.back - _still_to_refund(booking)
        due = booking.total_cents if booking.state == Booking.State.CONFIRMED else 0
        if kept != due:
            yield f"Booking {booking.code} ({booking.state}): {due} cents due, {kept} cents kept."
    with_money = (Payment.State.PAID, Payment.State.TO_REFUND, Payment.State.REFUNDED)
    for payment in Payment.objects.filter(state__in=with_money).exclude(ledger__kind=kind.RECEIVED):
        yield f"Payment {payment.reference} is {payment.state} and the ledger has not received it."
    for payment in Payment.objects.filter(state=Payment.State.REFUNDED).exclude(ledger__kind=kind.REFUNDED):
        yield f"Payment {payment.reference} is refunded and the ledger does not say so."


def _still_to_refund(booking: Booking) -> int:
    waiting = booking.payments.filter(state=Payment.State.TO_REFUND).aggregate(cents=Sum("amount_cents", default=0))["cents"]
    if booking.state == Booking.State.CANCELLED:  # its refund is listed a moment after (reactions/table.py)
        waiting += booking.payments.filter(state=Payment.State.PAID).aggregate(cents=Sum("amount_cents", default=0))["cents"]
    return int(waiting)
