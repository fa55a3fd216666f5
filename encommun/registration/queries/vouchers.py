"""Codes and the fund of suspended passes."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.registration.models import Fund, FundMovement, Voucher, VoucherUse
from encommun.registration.rules import keeps_registration


@dataclass(frozen=True, kw_only=True)
class FundInPublic:
    """The fund in figures that everybody may read: totals, never who."""

    fund: Fund
    gifts: int
    passes: int


def vouchers_seen_by(actor: Actor, event: Event) -> QuerySet[Voucher]:
    """The codes of an event, the newest first.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, event.pk))
    return Voucher.objects.filter(event=event)


def voucher_seen_by(actor: Actor, event: Event, pk: int) -> Voucher:
    """A code, with the bookings made with it (``bookings``).

    Raises:
        NotAllowed, NotFound
    """
    found = vouchers_seen_by(actor, event).filter(pk=pk).first()
    if found is None:
        raise NotFound()
    uses = VoucherUse.objects.filter(voucher=found, released_at=None).select_related("seat__booking").order_by("pk")
    found.bookings = list({use.seat.booking_id: use.seat.booking for use in uses}.values())
    return found


def fund_of(event: Event) -> FundInPublic | None:
    """What was paid forward and what it paid for, if the event has a fund. Three statements."""
    fund = Fund.objects.filter(event=event).first()
    if fund is None:
        return None
    gifts = FundMovement.objects.filter(fund=fund).aggregate(n=Count("pk", filter=Q(kind=FundMovement.Kind.GIVEN)))["n"]
    passes = VoucherUse.objects.filter(voucher__event=event, voucher__kind=Voucher.Kind.FUND, released_at=None).count()
    return FundInPublic(fund=fund, gifts=gifts, passes=passes)


def open_fund(event: Event) -> Fund | None:
    """The fund of an event, while it is open."""
    return Fund.objects.filter(event=event, is_open=True).first()
