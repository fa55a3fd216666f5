"""Are the counters and the bookings saying the same thing?"""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum

from encommun.registration.models import Booking, Claim, Fund, FundMovement, Quota, Reserve, Seat, Voucher, VoucherUse
from encommun.registration.rules import quotas_counting

ENDED = (Booking.State.LAPSED, Booking.State.CANCELLED)


def what_does_not_hold() -> Iterator[str]:
    """A sentence for each quota, booking, code or fund that does not agree with its rows. Nothing is mended in silence."""
    yield from _quotas()
    yield from _bookings()
    yield from _codes()
    yield from _funds()


def _quotas() -> Iterator[str]:
    live = dict(Claim.objects.filter(released_at=None).values_list("quota_id").annotate(n=Count("pk")))
    kept = dict(Reserve.objects.values_list("quota_id").annotate(n=Sum("places")))
    for quota in Quota.objects.order_by("pk"):
        claims, places = live.get(quota.pk, 0), kept.get(quota.pk, 0)
        if quota.taken != claims + places:
            more = f" and {places} kept places" if places else ""
            yield f"Quota of {quota.day or quota.pk} (event {quota.event_id}): {quota.taken} taken, {claims} live claims{more}."


def _bookings() -> Iterator[str]:
    held = Claim.objects.filter(released_at=None, seat__booking__state__in=ENDED)
    for code in held.values_list("seat__booking__code", flat=True).distinct():
        yield f"Booking {code} has ended and still holds places."
    left = Claim.objects.filter(released_at=None).exclude(seat__cancelled_at=None)
    for code in left.values_list("seat__code", flat=True).distinct():
        yield f"Pass {code} was cancelled and still holds places."
    quotas: dict[int, list[Quota]] = {}
    for quota in Quota.objects.all():
        quotas.setdefault(quota.event_id, []).append(quota)
    living = Booking.objects.exclude(state__in=ENDED).prefetch_related("seats__claims", "seats__pass_type")
    for booking in living.iterator(chunk_size=500):
        for seat in booking.seats.all():
            due = sorted(quota.pk for quota in quotas_counting(quotas.get(booking.event_id, []), seat.pass_type, seat.days))
            if sorted(claim.quota_id for claim in seat.claims.all() if claim.released_at is None) != due:
                yield f"Booking {booking.code}: pass {seat.code} does not hold the places of its days."
        if booking.total_cents != sum(seat.price_cents for seat in booking.seats.all()) + booking.forward_cents:
            yield f"Booking {booking.code}: its total is not the sum of its passes."


def _codes() -> Iterator[str]:
    live = Count("used_by", filter=Q(used_by__released_at=None))
    for voucher in Voucher.objects.annotate(live=live).exclude(used=F("live")):
        yield f"Code {voucher.code} (event {voucher.event_id}): used {voucher.used} times, {voucher.live} live uses."
    forgotten = Seat.objects.filter(off_cents__gt=0).exclude(booking__state__in=ENDED)
    for code in forgotten.exclude(voucher_uses__in=VoucherUse.objects.filter(released_at=None)).values_list("code", flat=True):
        yield f"Pass {code}: a code took something off, and does not count it as a use."
    ended = Voucher.objects.filter(used_by__released_at=None, used_by__seat__booking__state__in=ENDED).distinct()
    for voucher in ended:
        yield f"Code {voucher.code}: a booking that has ended still counts as a use."


def _funds() -> Iterator[str]:
    kind = FundMovement.Kind
    for fund in Fund.objects.order_by("pk"):
        sums: Counter[str] = Counter()
        for movement in fund.movements.values_list("kind", "amount_cents"):
            sums[movement[0]] += movement[1]
        if (fund.given_cents, fund.drawn_cents) != (sums[kind.GIVEN], sums[kind.DRAWN] - sums[kind.RETURNED]):
            yield f"Fund of event {fund.event_id}: its totals are not the sums of its movements."
