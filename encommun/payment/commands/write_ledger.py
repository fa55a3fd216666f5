"""Write a movement into the ledger, once."""

from datetime import datetime

from encommun.payment.models import LedgerEntry, Payment
from encommun.registration.models import Booking


def write_ledger(
    booking: Booking | None,
    kind: LedgerEntry.Kind,
    amount_cents: int,
    *,
    source: str,
    at: datetime,
    payment: Payment | None = None,
    event_id: int | None = None,
) -> None:
    """Write a movement, in the transaction that makes it. The same ``source`` twice is one movement; nothing is no movement."""
    if not amount_cents:
        return
    event_id = booking.event_id if booking else event_id
    entry = LedgerEntry(
        event_id=event_id, booking=booking, payment=payment, kind=kind, amount_cents=amount_cents, source=source[:120], at=at
    )
    LedgerEntry.objects.bulk_create([entry], ignore_conflicts=True)
