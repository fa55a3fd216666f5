"""Taking places and giving them back: always quotas in the order of their primary keys, so that nobody waits in a ring."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import partial

from encommun.foundation.actor import Actor
from encommun.foundation.composed import Composed, insert
from encommun.foundation.together import may_end, together
from encommun.journal.commands import record
from encommun.registration.commands.vouchers import give_uses_back
from encommun.registration.models import Booking, Claim, Quota, Reserve, Seat, Waiting
from encommun.registration.models.passes import Left
from encommun.registration.refusals import SoldOut
from encommun.registration.rules import quotas_counting
from encommun.ui.dates import short_day

QUOTAS = Composed(lambda event_id: Quota.objects.filter(event_id=event_id).defer("name"), event_id=int)


def take_places(
    booking: Booking,
    seats: Iterable[Seat],
    *,
    quotas: Sequence[Quota] | None = None,
    kept: Mapping[int, int] | None = None,
    actor: Actor,
    at: datetime,
) -> None:
    """Take the places of seats, then write their claims: the last thing of a transaction, as the quotas' rows stay locked.

    In this order, because a claim locks its quota's row too, and shared: many at once would cost PostgreSQL more than the rest of a booking.

    Args:
        quotas: those of the event, where they were read before.
        kept: places of each quota that a code or an offer had kept for them: these are taken already.

    Raises:
        SoldOut: a quota has not enough places; the caller's transaction undoes the rest.
    """
    quotas = QUOTAS.all(event_id=booking.event_id) if quotas is None else quotas
    claims = [Claim(quota=quota, seat=seat) for seat in seats for quota in _counting(quotas, seat)]
    wanted = Counter(claim.quota_id for claim in claims)
    if kept:
        wanted -= Counter(kept)
    named = {quota.pk: quota for quota in quotas}
    changed: list[int] = []
    tell = partial(_tell_words, changed, booking, actor=actor, at=at)
    ends = may_end()  # and so the rows are locked for the time of a write, not of an answer and a COMMIT
    with together():
        for pk, places in sorted(wanted.items()):
            claim = Quota.objects.claim_surely if ends and named[pk].is_far_from_words(places) else Quota.objects.claim_then
            claim(pk, places, partial(_took, named[pk], changed, tell if pk == max(wanted) else None))
        if claims:
            insert(claims)


def _took(quota: Quota, changed: list[int], tell: Callable[[], None] | None, left: Left | None) -> None:
    if left is None:
        raise SoldOut(day=quota.title)
    if left.changed_words:
        changed.append(quota.pk)
    if tell is not None:  # every quota was heard
        tell()


def take_kept(waiting: Waiting) -> Counter[int]:
    """The places kept for an offer, by quota: they are passes from now on. The offer's row is locked by the caller."""
    kept = Counter(dict(Reserve.objects.filter(waiting=waiting, places__gt=0).values_list("quota_id", "places")))
    Reserve.objects.filter(waiting=waiting).update(places=0)
    return kept


def give_places_back(booking: Booking, *, only: Seat | None = None, actor: Actor, at: datetime) -> None:
    """Release the live claims of a booking, or of one pass, and free their places; those that a code had kept are kept again."""
    seats = [only.pk] if only else list(booking.seats.values_list("pk", flat=True))
    kept = give_uses_back(booking, seats, at=at)
    claims = Claim.objects.filter(seat__in=seats, released_at=None)
    held = Counter(claims.values_list("quota_id", flat=True)) - kept
    claims.update(released_at=at)
    left = {pk: Quota.objects.give_back(pk, places) for pk, places in sorted(held.items())}
    changed = [pk for pk, now in left.items() if now is not None and now.changed_words]
    _tell_words(changed, booking, actor=actor, at=at)


def move_places(seat: Seat, *, actor: Actor, at: datetime) -> None:
    """Take the places of a seat's new days and give back those of its former ones, quotas in their order.

    Raises:
        SoldOut: the new day is full; the caller's transaction undoes everything.
    """
    due = {quota.pk: quota for quota in _counting(QUOTAS.all(event_id=seat.booking.event_id), seat)}
    held = set(Claim.objects.filter(seat=seat, released_at=None).values_list("quota_id", flat=True))
    Claim.objects.filter(seat=seat, quota_id__in=held - set(due), released_at=None).update(released_at=at)
    Claim.objects.bulk_create(Claim(quota=quota, seat=seat) for pk, quota in due.items() if pk not in held)
    changed = []
    for pk in sorted(held ^ set(due)):
        left = Quota.objects.claim(pk, 1) if pk in due else Quota.objects.give_back(pk, 1)
        if left is None:
            raise SoldOut(day=due[pk].title)
        if left.changed_words:
            changed.append(pk)
    _tell_words(changed, seat.booking, actor=actor, at=at)


def _counting(quotas: Sequence[Quota], seat: Seat) -> list[Quota]:
    """The quotas in which a seat takes its places; each of its days must have one."""
    if not seat.pass_type.counts_in_quotas:
        return []
    dated = {quota.day.isoformat() for quota in quotas if quota.kind == Quota.Kind.DAY}
    for day in seat.days:
        if day not in dated:  # a day that the event does not sell
            raise SoldOut(day=short_day(date.fromisoformat(day)))
    return quotas_counting(quotas, seat.pass_type, seat.days)


def _tell_words(changed: list[int], booking: Booking, *, actor: Actor, at: datetime) -> None:
    """Record that public pages say another word about a day, if they do: they are not drawn again at each booking.

    After every quota: the event's stamp is a row that others wait for too, and so always the last one locked.
    """
    if changed:
        record(
            "registration.words_changed", actor=actor, at=at, event_id=booking.event_id, about=booking, public=True, quotas=changed
        )
