"""Taking places and giving them back: always quotas in the order of their primary keys, so that nobody waits in a ring."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from encommun.foundation.actor import Actor
from encommun.journal.commands import record
from encommun.registration.models import Booking, Claim, Quota, Seat
from encommun.registration.refusals import SoldOut
from encommun.ui.dates import short_day


def _quotas_by_day(event_id: int) -> dict[str, Quota]:
    """The quota of each day of an event. One statement."""
    return {quota.day.isoformat(): quota for quota in Quota.objects.filter(event_id=event_id)}


def take_places(booking: Booking, seats: Iterable[Seat], *, actor: Actor, at: datetime) -> None:
    """Write the claims of seats, then take their places: the last thing of a transaction, as the quotas' rows stay locked.

    Raises:
        SoldOut: a day has not enough places; the caller's transaction undoes the rest.
    """
    quotas = _quotas_by_day(booking.event_id)
    claims = [Claim(quota=_quota(quotas, day), seat=seat) for seat in seats for day in seat.days]
    Claim.objects.bulk_create(claims)
    wanted = Counter(claim.quota_id for claim in claims)
    days = {quota.pk: quota for quota in quotas.values()}
    changed = []
    for pk, places in sorted(wanted.items()):
        left = Quota.objects.claim(pk, places)
        if left is None:
            raise SoldOut(day=short_day(days[pk].day))
        if left.changed_words:
            changed.append(pk)
    _tell_words(changed, booking, actor=actor, at=at)


def give_places_back(booking: Booking, *, actor: Actor, at: datetime) -> None:
    """Release every live claim of a booking and free its places."""
    claims = Claim.objects.filter(seat__booking=booking, released_at=None)
    held = Counter(claims.values_list("quota_id", flat=True))
    Claim.objects.filter(seat__in=booking.seats.all(), released_at=None).update(released_at=at)
    left = {pk: Quota.objects.give_back(pk, places) for pk, places in sorted(held.items())}
    changed = [pk for pk, now in left.items() if now is not None and now.changed_words]
    _tell_words(changed, booking, actor=actor, at=at)


def _tell_words(changed: list[int], booking: Booking, *, actor: Actor, at: datetime) -> None:
    """Record that public pages say another word about a day, if they do: they are not drawn again at each booking.

    After every quota: the event's stamp is a row that others wait for too, and so always the last one locked.
    """
    if changed:
        record(
            "registration.words_changed", actor=actor, at=at, event_id=booking.event_id, about=booking, public=True, quotas=changed
        )


def _quota(quotas: Mapping[str, Quota], day: str) -> Quota:
    try:
        return quotas[day]
    except KeyError:  # a day that the event does not sell
        raise SoldOut(day=short_day(date.fromisoformat(day))) from None
