"""Put a sum on the list of refunds. Called by commands, in their transaction and under the booking's lock."""

from datetime import datetime

from encommun.foundation.codes import new_code
from encommun.payment.models import Payment, Refund


def list_refund(payment: Payment, amount_cents: int, *, why: Refund.Why, at: datetime) -> Refund:
    """List it; a payment of which nothing is kept is then «to be refunded»."""
    refund = Refund.objects.create(
        payment=payment, amount_cents=amount_cents, why=why, reference=f"{payment.booking.code}-R{new_code(6)}", asked_at=at
    )
    _suggest_account(refund)
    if payment.state != Payment.State.REFUNDED and not payment.refundable_cents:
        payment.state = Payment.State.TO_REFUND
        payment.save(update_fields=["state"])
    return refund


def _suggest_account(refund: Refund) -> None:
    """A transfer goes back where it came from, unless the team says otherwise."""
    allocation = refund.payment.allocations.select_related("line").exclude(line__payer_iban="").first()
    if allocation is not None:
        refund.iban, refund.account_holder = allocation.line.payer_iban, allocation.line.payer[:120]
        refund.save(update_fields=["iban", "account_holder"])
