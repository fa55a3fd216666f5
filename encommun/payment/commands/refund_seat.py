"""One pass of a paid booking is cancelled: its money goes back, and the others stay paid."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import SYSTEM
from encommun.journal.commands import record
from encommun.payment.commands.list_refund import list_refund
from encommun.payment.commands.write_ledger import write_ledger
from encommun.payment.models import LedgerEntry, Payment, Refund
from encommun.payment.queries.balances import balance_of, kept_of
from encommun.registration.models import Booking


@transaction.atomic
def refund_seat(booking: Booking, *, seat_code: str, price_cents: int, cents: int, at: datetime) -> int:
    """Put what a cancelled pass gives back on the list of refunds; answer how many sums. Called again, it does nothing.

    Args:
        price_cents: what the pass cost.
        cents: what the person was told that she gets back (``registration`` says it); the rest is kept.
    """
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    source = f"seat-cancelled:{seat_code}"
    if LedgerEntry.objects.filter(source=source).exists():
        return 0
    write_ledger(booking, LedgerEntry.Kind.CANCELLED, price_cents, source=source, at=at)
    kept, count = price_cents - cents, 0
    for payment in booking.payments.filter(state=Payment.State.PAID).select_related("booking").order_by("pk"):
        left = max(payment.refundable_cents - kept_of(payment), 0)
        back = min(left, cents)
        stays = min(left - back, kept)
        cents, kept = cents - back, kept - stays
        write_ledger(booking, LedgerEntry.Kind.KEPT, stays, source=f"kept:{payment.reference}:{seat_code}", at=at, payment=payment)
        if back:
            list_refund(payment, back, why=Refund.Why.CANCELLED, at=at)
            count += 1
    _ask_for_it_after_all(booking, seat_code, at)
    if count:
        record("payment.to_refund", actor=SYSTEM, at=at, event_id=booking.event_id, about=booking, payments=count)
    return count


def _ask_for_it_after_all(booking: Booking, seat_code: str, at: datetime) -> None:
    """What the team did not ask for is never more than what the other passes cost."""
    balance = balance_of(booking)
    beyond = balance.kept_cents - balance.price_cents
    if booking.state == Booking.State.CONFIRMED and beyond > 0:
        write_ledger(booking, LedgerEntry.Kind.WAIVED, -beyond, source=f"waived-less:{seat_code}", at=at)
