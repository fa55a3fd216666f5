"""Bookings as those who keep registration see them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import require
from encommun.registration.models import Booking, Claim, Quota, Seat
from encommun.registration.rules import keeps_registration


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list of bookings is narrowed to."""

    search: str = ""
    state: str = ""
    method: str = ""
    day: date | None = None


def bookings_seen_by(actor: Actor, event: Event, filters: Filters) -> QuerySet[Booking]:
    """Bookings, the newest first, each with ``seat_count``.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, event.pk))
    found = Booking.objects.filter(event=event)
    if filters.state:
        found = found.filter(state=filters.state)
    if filters.method:
        found = found.filter(payment_method=filters.method)
    if filters.day:
        on_day = Claim.objects.filter(seat__booking=OuterRef("pk"), quota__day=filters.day, released_at=None)
        found = found.filter(Exists(on_day))
    if words := filters.search.strip():
        found = found.filter(_matches(words))
    # a subquery, counted for the rows of the page only; a join would count every booking of the gathering
    seats = Seat.objects.filter(booking=OuterRef("pk"), cancelled_at=None).order_by().values("booking").annotate(n=Count("pk"))
    return found.annotate(seat_count=Coalesce(Subquery(seats.values("n")), 0)).order_by("-booked_at", "-pk")


def _matches(words: str) -> Q:
    code = read_code(words)
    seats = Seat.objects.filter(booking=OuterRef("pk"))
    of_seat = Q(holder_name__icontains=words) | Q(holder_email__icontains=words)
    of_booking = Q(name__icontains=words) | Q(email__icontains=words) | Q(structure__icontains=words)
    if code:
        of_seat |= Q(code=code)
        of_booking |= Q(code=code)
    return of_booking | Q(Exists(seats.filter(of_seat)))


def day_counts(event: Event) -> list[dict[str, object]]:
    """For each day: places taken, size, and how many of them are confirmed. Two statements."""
    confirmed = dict(
        Claim.objects.filter(quota__event=event, released_at=None, seat__booking__state=Booking.State.CONFIRMED)
        .values_list("quota_id")
        .annotate(n=Count("pk"))
    )
    quotas = Quota.objects.filter(event=event)
    return [{"quota": quota, "confirmed": confirmed.get(quota.pk, 0), "left": quota.left} for quota in quotas]


def totals_of(event: Event) -> dict[str, int]:
    """Bookings by state, and the amounts confirmed and still to come; trials of the team do not count. One statement."""
    state = Booking.State
    return Booking.objects.filter(event=event, is_test=False).aggregate(
        held=Count("pk", filter=Q(state=state.HELD)),
        confirmed=Count("pk", filter=Q(state=state.CONFIRMED)),
        lapsed=Count("pk", filter=Q(state=state.LAPSED)),
        cancelled=Count("pk", filter=Q(state=state.CANCELLED)),
        confirmed_cents=Sum("total_cents", filter=Q(state=state.CONFIRMED), default=0),
        held_cents=Sum("total_cents", filter=Q(state=state.HELD), default=0),
    )
