"""Bookings over time, week by week: the numbers of a picture and of the table beside it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.registration.models import Booking
from encommun.registration.rules import keeps_registration

WIDTH, HEIGHT, BASE = 720, 240, 200


@dataclass(frozen=True, kw_only=True)
class Week:
    """What was booked in a week, and where its bar and its point stand in the picture."""

    monday: date
    passes: int
    so_far: int
    cents: int
    x: float
    width: float
    bar: float
    point: float

    @property
    def top(self) -> float:
        return BASE - self.bar

    @property
    def value_at(self) -> float:
        """Where the number of the bar stands: in it, or above a low one."""
        return round(self.top + (18 if self.bar >= 26 else -5), 1)

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


def sales_of(actor: Actor, event: Event) -> list[Week]:
    """Living bookings by week, from the first to the last one, empty weeks included. One statement.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, event.pk))
    living = Booking.objects.filter(event=event, state__in=(Booking.State.HELD, Booking.State.CONFIRMED), is_test=False)
    passes, cents = Counter[date](), Counter[date]()
    for booked_at, total, seats in living.annotate(n=Count("seats", filter=Q(seats__cancelled_at=None))).values_list(
        "booked_at", "total_cents", "n"
    ):
        day = booked_at.astimezone(event.zone).date()
        monday = day - timedelta(days=day.weekday())
        passes[monday] += seats
        cents[monday] += total
    if not passes:
        return []
    first, last = min(passes), max(passes)
    mondays = [first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1)]
    most, total, step = max(passes.values()), sum(passes.values()), WIDTH / len(mondays)
    weeks, so_far = [], 0
    for n, monday in enumerate(mondays):
        so_far += passes[monday]
        weeks.append(
            Week(
                monday=monday,
                passes=passes[monday],
                so_far=so_far,
                cents=cents[monday],
                x=round(n * step + step * 0.12, 1),
                width=round(step * 0.76, 1),
                bar=round(passes[monday] / most * (BASE - 20), 1),
                point=round(BASE - so_far / total * (BASE - 20), 1),
            )
        )
    return weeks
