"""Bookings as those who keep registration see them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import require
from encommun.journal.queries import history_of
from encommun.journal.rules import reference
from encommun.people.models import Account
from encommun.registration.models import Booking, Claim, Quota, Seat
from encommun.registration.rules import keeps_registration
from encommun.registration.words import HAPPENED, WHO


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list of bookings is narrowed to."""

    search: str = ""
    state: str = ""
    method: str = ""
    day: date | None = None
    kind: str = ""  # the slug of a kind of pass


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
    if filters.kind:
        of_kind = Seat.objects.filter(booking=OuterRef("pk"), pass_type__slug=filters.kind)
        found = found.filter(Exists(of_kind))
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


@dataclass(frozen=True, kw_only=True)
class Happened:
    """A line of the history of a booking."""

    at: datetime
    what: str
    who: str
    seat: str  # the code of the pass, where it is about one


def history_of_booking(actor: Actor, booking: Booking) -> list[Happened]:
    """What happened to a booking and its passes, oldest first, in words. Three statements.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, booking.event_id))
    seats = list(Seat.everything.filter(booking=booking))
    codes = {reference(seat): seat.code for seat in seats}
    entries = [entry for entry in history_of(booking, *seats) if entry.kind in HAPPENED]
    numbers = {int(kind[1]) for entry in entries if (kind := entry.actor.partition(":")[::2])[0] == "account"}
    names = {f"account:{one.pk}": one.name or one.email for one in Account.objects.filter(pk__in=numbers)}
    return [
        Happened(
            at=entry.at,
            what=str(HAPPENED[entry.kind]),
            who=names.get(entry.actor) or str(WHO.get(entry.actor.partition(":")[0], "")),
            seat=codes.get(entry.about, ""),
        )
        for entry in entries
    ]


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
