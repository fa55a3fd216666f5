"""Using codes inside the transaction of a booking: always before quotas, and in the order of their primary keys."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from encommun.events.models import Event
from encommun.registration.models import Booking, Claim, Fund, FundMovement, Reserve, Seat, Voucher, VoucherUse
from encommun.registration.refusals import FundClosed, FundEmpty, VoucherUsedUp, WrongPrice
from encommun.registration.rules import MOST_CENTS


def use(voucher: Voucher, served: Sequence[Seat], booking: Booking, *, at: datetime) -> Counter[int]:
    """Count the uses in one statement, and draw from the fund; answer the places that the code had kept, by quota.

    Raises:
        VoucherUsedUp, FundEmpty, FundClosed
    """
    if not Voucher.objects.claim(voucher.pk, len(served), at):
        raise VoucherUsedUp()
    VoucherUse.objects.bulk_create(VoucherUse(voucher=voucher, seat=seat, off_cents=seat.off_cents) for seat in served)
    if voucher.kind == Voucher.Kind.FUND:
        draw(booking, sum(seat.off_cents for seat in served), at=at)
    return _take_kept(voucher, len(served)) if voucher.reserves else Counter()


def _take_kept(voucher: Voucher, places: int) -> Counter[int]:
    taken: Counter[int] = Counter()
    for reserve in Reserve.objects.filter(voucher=voucher, places__gt=0).order_by("quota_id"):
        taken[reserve.quota_id] = min(places, reserve.places)
        reserve.places -= taken[reserve.quota_id]
        reserve.save(update_fields=["places"])
    return taken


def check_gift(event: Event, cents: int) -> None:
    """Refuse a gift that no fund takes.

    Raises:
        FundClosed, WrongPrice
    """
    if not Fund.objects.filter(event=event, is_open=True).exists():
        raise FundClosed()
    if not 0 < cents <= MOST_CENTS:
        raise WrongPrice()


def use_again(booking: Booking, *, at: datetime) -> None:
    """A lapsed booking was paid after all: its code must still have uses, as they were when it was booked.

    Raises:
        VoucherUsedUp, FundEmpty, FundClosed
    """
    uses = VoucherUse.objects.filter(seat__booking=booking, seat__cancelled_at=None).select_related("voucher")
    latest = {use.seat_id: use for use in uses.order_by("pk")}
    for pk in sorted({one.voucher_id for one in latest.values()}):
        mine = [one for one in latest.values() if one.voucher_id == pk]
        if not Voucher.objects.claim(pk, len(mine), booking.booked_at):
            raise VoucherUsedUp()
        VoucherUse.objects.bulk_create(VoucherUse(voucher_id=pk, seat_id=one.seat_id, off_cents=one.off_cents) for one in mine)
        if mine[0].voucher.kind == Voucher.Kind.FUND:
            draw(booking, sum(one.off_cents for one in mine), at=at)


def draw(booking: Booking, cents: int, *, at: datetime) -> None:
    """Pay passes from the fund.

    Raises:
        FundClosed, FundEmpty
    """
    fund = Fund.objects.filter(event_id=booking.event_id).first()
    if fund is None or not fund.is_open:
        raise FundClosed()
    if not Fund.objects.draw(fund.pk, cents):
        raise FundEmpty()
    FundMovement.objects.create(fund=fund, kind=FundMovement.Kind.DRAWN, amount_cents=cents, booking=booking, at=at)


def give_uses_back(booking: Booking, seats: Sequence[int], *, at: datetime) -> Counter[int]:
    """Give back the uses of passes that ended; answer the places that go back to their codes, by quota, and not to everybody."""
    kept: Counter[int] = Counter()
    live = list(VoucherUse.objects.filter(seat__in=seats, released_at=None).select_related("voucher"))
    if not live:
        return kept
    VoucherUse.objects.filter(pk__in=[one.pk for one in live]).update(released_at=at)
    for pk in sorted({one.voucher_id for one in live}):
        voucher = Voucher.objects.select_for_update().get(pk=pk)
        mine = [one for one in live if one.voucher_id == pk]
        Voucher.objects.give_back(pk, len(mine))
        if voucher.kind == Voucher.Kind.FUND:
            _return(booking, sum(one.off_cents for one in mine), at=at)
        if voucher.reserves and voucher.is_living(at):
            kept += _keep_again(voucher, [one.seat_id for one in mine])
    return kept


def _keep_again(voucher: Voucher, seats: Sequence[int]) -> Counter[int]:
    held = Counter(Claim.objects.filter(seat_id__in=seats, released_at=None).values_list("quota_id", flat=True))
    for reserve in Reserve.objects.filter(voucher=voucher, quota_id__in=held):
        reserve.places += held[reserve.quota_id]
        reserve.save(update_fields=["places"])
    return held


def _return(booking: Booking, cents: int, *, at: datetime) -> None:
    fund = Fund.objects.get(event_id=booking.event_id)
    Fund.objects.give_back(fund.pk, cents)
    FundMovement.objects.create(fund=fund, kind=FundMovement.Kind.RETURNED, amount_cents=cents, booking=booking, at=at)
