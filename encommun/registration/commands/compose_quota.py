"""Count places together: a venue, several days, some passes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.registration.models import Booking, Claim, PassType, Quota, Seat
from encommun.registration.refusals import QuotaWhileSelling, WrongSize
from encommun.registration.rules import is_on_sale, keeps_registration, quotas_counting


@dataclass(frozen=True, kw_only=True)
class QuotaText:
    """What a quota counts, beside the days."""

    kind: str
    name: dict[str, str]
    size: int
    day: date | None = None
    venue_id: int | None = None
    passes: Sequence[int] = field(default=())


@transaction.atomic
def compose_quota(event: Event, asked: QuotaText, *, quota: Quota | None = None, actor: Actor, at: datetime) -> Quota:
    """Make a quota that several passes or days share, or change what it counts; passes booked already take their places in it.

    Its size becomes at least what they take.

    Raises:
        NotAllowed, WrongSize, NotFound, QuotaWhileSelling
    """
    require(keeps_registration(actor, event.pk))
    kinds = list(PassType.objects.select_for_update().filter(event=event))
    if is_on_sale(kinds, event, at) is True:
        raise QuotaWhileSelling()
    if not 0 <= asked.size <= 100_000 or not clean_line(asked.name.get("fr", "")):
        raise WrongSize()
    if asked.kind not in (Quota.Kind.VENUE, Quota.Kind.WHOLE) or (asked.day and asked.day not in event.days):
        raise NotFound()
    if quota is not None:
        _forget(quota, event, at)
    found = Quota(event=event) if quota is None else Quota.objects.get(pk=quota.pk)
    found.kind, found.day, found.venue_id, found.size = asked.kind, asked.day, asked.venue_id, asked.size
    found.name = {language: clean_line(words)[:100] for language, words in asked.name.items() if clean_line(words)}
    found.passes = sorted({kind.number for kind in kinds} & set(asked.passes))
    living = Seat.objects.filter(booking__event=event, booking__state__in=(Booking.State.HELD, Booking.State.CONFIRMED))
    counted = [seat for seat in living.select_related("pass_type") if quotas_counting([found], seat.pass_type, seat.days)]
    found.size = max(found.size, len(counted))
    found.save()
    Claim.objects.bulk_create(Claim(quota=found, seat=seat) for seat in counted)
    if counted:
        Quota.objects.claim(found.pk, len(counted))
    facts = {"size": found.size, "passes": found.passes, "counted": len(counted)}
    record("registration.quota_composed", actor=actor, at=at, event_id=event.pk, about=found, public=True, **facts)
    return Quota.objects.get(pk=found.pk)


def _forget(quota: Quota, event: Event, at: datetime) -> None:
    """Give back every place of a quota, to count anew."""
    locked = Quota.objects.select_for_update().filter(event=event, pk=quota.pk).exclude(kind=Quota.Kind.DAY).first()
    if locked is None:
        raise NotFound()
    released = Claim.objects.filter(quota=locked, released_at=None).update(released_at=at)
    Quota.objects.give_back(locked.pk, released)
