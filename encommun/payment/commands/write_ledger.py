"""Write a movement into the ledger, once."""

from datetime import datetime

from encommun.payment.models import LedgerEntry, Payment
from encommun.registration.models import Booking


def write_ledger(
    booking: Booking, kind: LedgerEntry.Kind, amount_cents: int, *, source: str, at: datetime, payment: Payment | None = None
) -> None:
    """Write a movement, in the transaction that makes it. The same ``source`` twice is one movement."""
    entry = LedgerEntry(booking=booking, payment=payment, kind=kind, amount_cents=amount_cents, source=source, at=at)
    LedgerEntry.objects.bulk_create([entry], ignore_conflicts=True)
