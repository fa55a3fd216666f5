"""A payment that has come: by transfer, cheque, or at the desk. Called by commands, under the booking's lock."""

from datetime import datetime

from encommun.payment.models import Payment
from encommun.payment.rules import transfer_reference
from encommun.registration.models import Booking


def new_payment(booking: Booking, provider: Payment.Provider, *, amount_cents: int, at: datetime) -> Payment:
    """A payment with a reference of its own: the first is the one that the payer was asked to write."""
    number = booking.payments.filter(reference__startswith="RF").count() + 1
    return Payment.objects.create(
        booking=booking,
        provider=provider,
        amount_cents=amount_cents,
        reference=transfer_reference(booking.code, number),
        asked_at=at,
    )
