"""Are the counters and the bookings saying the same thing?"""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from encommun.registration.models import Booking, Claim, Quota


def what_does_not_hold() -> Iterator[str]:
    """A sentence for each quota or booking that does not agree with its claims. Nothing is mended in silence."""
    live = Count("claims", filter=Q(claims__released_at=None))
    for quota in Quota.objects.annotate(live=live).exclude(taken=F("live")):
        yield f"Quota of {quota.day} (event {quota.event_id}): {quota.taken} taken, {quota.live} live claims."
    ended = (Booking.State.LAPSED, Booking.State.CANCELLED)
    kept = Claim.objects.filter(released_at=None, seat__booking__state__in=ended)
    for code in kept.values_list("seat__booking__code", flat=True).distinct():
        yield f"Booking {code} has ended and still holds places."
    living = Booking.objects.exclude(state__in=ended).prefetch_related("seats__claims")
    for booking in living.iterator(chunk_size=500):
        for seat in booking.seats.all():
            if sum(claim.released_at is None for claim in seat.claims.all()) != len(seat.days):
                yield f"Booking {booking.code}: pass {seat.code} does not hold the places of its days."
        if booking.total_cents != sum(seat.price_cents for seat in booking.seats.all()):
            yield f"Booking {booking.code}: its total is not the sum of its passes."
