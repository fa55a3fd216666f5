"""What a basket costs: the same prices as the booking that follows, before anything is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from encommun.events.models import Event
from encommun.foundation.codes import read_code
from encommun.registration.models import PassType, Seat, Voucher
from encommun.registration.refusals import UnknownVoucher, VoucherDoesNotFit, VoucherUsedUp


@dataclass(frozen=True, kw_only=True)
class Basket:
    """Passes with their prices, the code taken off, and a gift."""

    seats: list[Seat]
    voucher: Voucher | None
    forward_cents: int

    @property
    def total_cents(self) -> int:
        return sum(seat.price_cents for seat in self.seats) + self.forward_cents

    @property
    def off_cents(self) -> int:
        return sum(seat.off_cents for seat in self.seats)

    @property
    def lines(self) -> list[tuple[Seat, int]]:
        """Seats that say the same thing, once, with their number."""
        counted: dict[tuple[object, ...], tuple[Seat, int]] = {}
        for seat in self.seats:
            same = (
                seat.pass_type.number,
                *seat.days,
                seat.price_cents,
                seat.off_cents,
                seat.tariff,
                seat.holder_name,
                seat.holder_email,
            )
            counted[same] = (seat, counted.get(same, (seat, 0))[1] + 1)
        return list(counted.values())


def basket_of(event: Event, seats: list[Seat], *, voucher: str = "", forward_cents: int = 0, at: datetime) -> Basket:
    """Price passes that are not booked yet.

    Raises:
        UnknownVoucher, VoucherUsedUp, VoucherDoesNotFit
    """
    code = voucher_of(event, voucher, at) if voucher.strip() else None
    if code is not None:
        price_with(code, seats)
    return Basket(seats=seats, voucher=code, forward_cents=forward_cents)


def voucher_of(event: Event, typed: str, at: datetime) -> Voucher:
    """The code that somebody typed, if it may be used now.

    Raises:
        UnknownVoucher, VoucherUsedUp
    """
    voucher = Voucher.objects.filter(event=event, code=read_code(typed)).first()
    if voucher is None or not voucher.is_living(at):
        raise UnknownVoucher()
    if not voucher.left:
        raise VoucherUsedUp()
    return voucher


def price_with(voucher: Voucher, seats: Sequence[Seat]) -> list[Seat]:
    """Take the code off the passes that it is for, as many as it may still serve, the dearest first; answer those.

    Raises:
        VoucherDoesNotFit: none of the passes.
    """
    fitting = [seat for seat in seats if fits(voucher, seat.pass_type, seat.days)]
    served = sorted(fitting, key=lambda seat: -voucher.off(seat.price_cents))[: voucher.left]
    if not served:
        raise VoucherDoesNotFit()
    for seat in served:
        seat.off_cents = voucher.off(seat.price_cents)
        seat.price_cents -= seat.off_cents
    return served


def fits(voucher: Voucher, kind: PassType, days: Sequence[str]) -> bool:
    """Whether a code is for that pass."""
    day = voucher.reserved_day.isoformat() if voucher.reserves and voucher.reserved_day else None
    return voucher.is_for(kind.number) and (day is None or list(days) == [day])
