"""Do bookings, payments and the ledger say the same thing?"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from encommun.payment.models import LedgerEntry, Payment, Refund
from encommun.payment.queries.balances import UNSETTLED
from encommun.registration.models import Booking

_K = LedgerEntry.Kind


def what_does_not_hold() -> Iterator[str]:
    """A sentence for each booking or payment whose money does not add up. Nothing is mended in silence."""
    yield from _bookings()
    yield from _payments()


def _bookings() -> Iterator[str]:
    def total(*kinds: str) -> Coalesce:
        return Coalesce(Sum("ledger__amount_cents", filter=Q(ledger__kind__in=kinds)), 0)

    waiting = Refund.objects.filter(payment__booking=OuterRef("pk")).exclude(state=Refund.State.DONE).order_by()
    listed = waiting.values("payment__booking").annotate(cents=Sum("amount_cents")).values("cents")
    of_booking = Payment.objects.filter(booking=OuterRef("pk")).order_by()
    unanswered = of_booking.filter(state__in=UNSETTLED)
    aside = unanswered.values("booking").annotate(cents=Sum("received_cents")).values("cents")
    found = Booking.objects.annotate(
        received=total(_K.RECEIVED),
        back=total(_K.REFUNDED, _K.BOUNCED),
        waived=total(_K.WAIVED),
        retained=total(_K.KEPT),
        ended=total(_K.CANCELLED),
        due=total(_K.DUE),
        to_refund=Coalesce(Subquery(listed, output_field=IntegerField()), Value(0)),
        aside=Coalesce(Subquery(aside, output_field=IntegerField()), Value(0)),  # another amount than the price
        has_bounced=Exists(of_booking.filter(state=Payment.State.BOUNCED)),
    )
    found = found.filter(Q(state=Booking.State.CONFIRMED) | Q(received__gt=0))
    for booking in found.iterator(chunk_size=500):
        yield from _one(booking)


def _one(booking: Any) -> Iterator[str]:
    kept = booking.received - booking.back - booking.to_refund - booking.aside
    price = booking.total_cents - booking.waived + booking.retained
    match booking.state:
        case Booking.State.CONFIRMED:
            holds = kept == price or (_may_owe(booking) and kept < price) or _is_told_later(booking)
        case Booking.State.HELD:
            holds = 0 <= kept < price
        case _:  # its refund is listed a moment after it ended
            holds = kept == booking.retained or not booking.ended
    if not holds:
        yield f"Booking {booking.code} ({booking.state}): {booking.total_cents} cents in all, {kept} cents kept."


def _is_told_later(booking: Any) -> bool:
    """Whether a pass was cancelled a moment ago, and the ledger does not say it yet."""
    return bool(booking.due - booking.ended > booking.total_cents)


def _may_owe(booking: Any) -> bool:
    """Whether a confirmed booking may wait for its money: an unpaid cheque, or a purchase order."""
    return bool(booking.has_bounced) or booking.payment_method not in ("card", "transfer", "cheque", "free")


def _payments() -> Iterator[str]:
    state = Payment.State
    with_money = Payment.objects.exclude(provider=Payment.Provider.FREE).filter(
        state__in=(state.PAID, state.TO_REFUND, state.REFUNDED, state.BOUNCED)
    )
    for kind, payments in ((_K.RECEIVED, with_money), (_K.REFUNDED, with_money.filter(state=state.REFUNDED))):
        entries = LedgerEntry.objects.filter(payment=OuterRef("pk"), kind=kind)
        for payment in payments.filter(~Exists(entries)):
            yield f"Payment {payment.reference} is {payment.state} and the ledger does not say {kind}."
    sums = Payment.objects.annotate(came=Coalesce(Sum("ledger__amount_cents", filter=Q(ledger__kind=_K.RECEIVED)), 0))
    for payment in sums.exclude(came=F("received_cents")):
        yield f"Payment {payment.reference}: {payment.received_cents} cents noted, {payment.came} in the ledger."
