"""What a booking owes and what came for it: sums of the ledger."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from encommun.payment.models import LedgerEntry, Payment, Refund
from encommun.registration.models import Booking

#: States of a payment in which money that came was another amount than the price: it is put aside.
UNSETTLED = (Payment.State.WAITING, Payment.State.GIVEN_UP)


@dataclass(frozen=True, kw_only=True)
class Balance:
    """Sums in cents.

    Attributes:
        price_cents: what the booking costs now: its total, less what was waived, and what was kept of passes cancelled one by one;
            of an ended one: what was kept.
        waived_cents: what the team does not ask for.
        retained_cents: what was kept of cancelled passes, by the conditions.
        received_cents: everything that came.
        back_cents: what went back, or never really came (an unpaid cheque).
        to_refund_cents: what is still to go back.
        aside_cents: another amount than was asked, which settles nothing until the treasurer has answered.
    """

    price_cents: int
    waived_cents: int
    retained_cents: int
    received_cents: int
    back_cents: int
    to_refund_cents: int
    aside_cents: int

    @property
    def kept_cents(self) -> int:
        """What is and stays with the gathering."""
        return self.received_cents - self.back_cents - self.to_refund_cents - self.aside_cents

    @property
    def missing_cents(self) -> int:
        return max(self.price_cents - self.kept_cents, 0)


def balance_of(booking: Booking) -> Balance:
    """Three statements."""
    kind = LedgerEntry.Kind
    sums = booking.ledger.aggregate(
        received=Sum("amount_cents", filter=Q(kind=kind.RECEIVED), default=0),
        back=Sum("amount_cents", filter=Q(kind__in=(kind.REFUNDED, kind.BOUNCED)), default=0),
        waived=Sum("amount_cents", filter=Q(kind=kind.WAIVED), default=0),
        kept=Sum("amount_cents", filter=Q(kind=kind.KEPT), default=0),
    )
    lives = booking.state in (Booking.State.HELD, Booking.State.CONFIRMED)
    waiting = Refund.objects.filter(payment__booking=booking).exclude(state=Refund.State.DONE)
    return Balance(
        price_cents=booking.total_cents - sums["waived"] + sums["kept"] if lives else sums["kept"],
        waived_cents=sums["waived"],
        retained_cents=sums["kept"],
        received_cents=sums["received"],
        back_cents=sums["back"],
        to_refund_cents=waiting.aggregate(cents=Sum("amount_cents", default=0))["cents"],
        aside_cents=booking.payments.filter(state__in=UNSETTLED).aggregate(cents=Sum("received_cents", default=0))["cents"],
    )


def kept_of(payment: Payment) -> int:
    """What the conditions let the gathering keep of a payment."""
    kept = payment.ledger.filter(kind=LedgerEntry.Kind.KEPT)
    return int(kept.aggregate(cents=Sum("amount_cents", default=0))["cents"])


def owed_by(booking: Booking) -> int:
    """What is still to be paid; a lapsed booking may be paid all the same, and then takes its places again."""
    if booking.state == Booking.State.CANCELLED:
        return 0
    balance = balance_of(booking)
    price = booking.total_cents if booking.state == Booking.State.LAPSED else balance.price_cents
    return max(price - balance.kept_cents, 0)


def owed_by_each(bookings: Iterable[Booking]) -> dict[int, int]:
    """What each of them still owes. Three statements, whatever their number."""
    kind = LedgerEntry.Kind
    came: Counter[int] = Counter()
    for pk, what, cents in _sums(LedgerEntry.objects.filter(booking__in=bookings, kind__in=_COUNTED)):
        came[pk] += cents if what in (kind.RECEIVED, kind.WAIVED) else -cents
    listed = Refund.objects.filter(payment__booking__in=bookings).exclude(state=Refund.State.DONE).order_by()
    for pk, cents in listed.values_list("payment__booking").annotate(cents=Sum("amount_cents")):
        came[pk] -= cents
    aside = Payment.objects.filter(booking__in=bookings, state__in=UNSETTLED, received_cents__gt=0).order_by()
    for pk, cents in aside.values_list("booking").annotate(cents=Sum("received_cents")):
        came[pk] -= cents
    ended = Booking.State.CANCELLED
    return {one.pk: 0 if one.state == ended else max(one.total_cents - came[one.pk], 0) for one in bookings}


_K = LedgerEntry.Kind
_COUNTED = (_K.RECEIVED, _K.REFUNDED, _K.BOUNCED, _K.WAIVED, _K.KEPT)


def _sums(entries: QuerySet[LedgerEntry]) -> Iterable[tuple[int, str, int]]:
    return entries.order_by().values_list("booking", "kind").annotate(cents=Sum("amount_cents"))
