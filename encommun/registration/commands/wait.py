"""Join the waiting list, leave it; offer places to those whose turn it is."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM, Actor
from encommun.foundation.codes import new_code
from encommun.foundation.localised import LANGUAGES
from encommun.foundation.refusals import NotAllowed, require
from encommun.foundation.text import clean_email, clean_line
from encommun.journal.commands import record
from encommun.registration.models import PassType, Quota, Reserve, Waiting
from encommun.registration.refusals import MissingDetails, NotWaiting, PlacesAreFree, SoldOut, UnknownPass, WrongNumberOfPasses
from encommun.registration.rules import MOST_SEATS, OFFER_LASTS, days_of, is_on_sale, may_see_waiting, quotas_counting

CODE_LENGTH = 8


@transaction.atomic
def join_waiting(
    event: Event,
    *,
    pass_type: str,
    day: date | None = None,
    places: int = 1,
    name: str,
    email: str,
    language: str = "fr",
    actor: Actor,
    at: datetime,
) -> Waiting:
    """Wait for places of a pass that is full. Joining twice for the same pass keeps the first place in the queue.

    Raises:
        UnknownPass, WrongNumberOfPasses, MissingDetails, PlacesAreFree, NothingOnSale, NotOnSaleYet, SaleClosed, SalePaused, OnTrial
    """
    name, email = clean_line(name), clean_email(email)
    kind = event.pass_types.filter(slug=pass_type).first()
    days = days_of(kind, event, day) if kind else None
    if kind is None or not days or kind.offered != PassType.Offered.PUBLIC:
        raise UnknownPass()
    if not 1 <= places <= MOST_SEATS:
        raise WrongNumberOfPasses(most=MOST_SEATS)
    try:
        validate_email(email)
    except ValidationError:
        raise MissingDetails() from None
    if not name or len(name) > 120 or len(email) > 254:
        raise MissingDetails()
    require(is_on_sale([kind], event, at))
    chosen = day if kind.day_is_chosen else None
    known = Waiting.objects.filter(event=event, pass_type=kind, day=chosen, email=email, state=Waiting.State.WAITING).first()
    if known is not None:
        record("registration.waiting_asked_again", actor=actor, at=at, event_id=event.pk, about=known)
        return known
    blocking = _blocking(Quota.objects.select_for_update().filter(event=event).order_by("pk"), kind, days, places)
    if not blocking:
        raise PlacesAreFree()
    waiting = Waiting.objects.create(
        event=event,
        code=new_code(CODE_LENGTH),
        pass_type=kind,
        day=chosen,
        places=places,
        name=name,
        email=email,
        language=language if language in LANGUAGES else "fr",
        account_id=actor.account_id,
        joined_at=at,
    )
    Quota.objects.filter(pk__in=blocking, is_awaited=False).update(is_awaited=True)
    facts = {"places": places, "pass": kind.slug}
    record("registration.waiting_joined", actor=actor, at=at, event_id=event.pk, about=waiting, public=True, **facts)
    return waiting


@transaction.atomic
def leave_waiting(waiting: Waiting, *, actor: Actor, at: datetime) -> None:
    """Leave the queue, or decline an offer: the places go to the next.

    Raises:
        NotAllowed, NotWaiting
    """
    waiting = Waiting.objects.select_for_update(of=("self",)).get(pk=waiting.pk)
    require(True if may_see_waiting(actor, waiting) is True else NotAllowed())
    if waiting.state not in (Waiting.State.WAITING, Waiting.State.OFFERED):
        raise NotWaiting()
    waiting.state, waiting.ended_at = Waiting.State.LEFT, at
    waiting.save(update_fields=["state", "ended_at"])
    record("registration.waiting_left", actor=actor, at=at, event_id=waiting.event_id, about=waiting)
    _free(waiting)


def serve_waiting(*, at: datetime, most: int = 500) -> int:
    """End offers that were not taken, then offer what is free to those who wait, in their order; answer how many offers.

    A group too large for what is free keeps its place, and the next that fits is served. One short transaction each.
    """
    over = Waiting.objects.filter(state=Waiting.State.OFFERED, offer_until__lte=at).order_by("pk")
    for pk in over.values_list("pk", flat=True)[:most]:
        _miss(pk, at)
    count = 0
    events = Quota.objects.filter(is_awaited=True).values_list("event_id", flat=True).distinct()
    for event in Event.objects.filter(pk__in=list(events)).order_by("pk"):
        queue = Waiting.objects.filter(event=event, state=Waiting.State.WAITING).order_by("joined_at", "pk")
        for pk in queue.values_list("pk", flat=True)[:most]:
            count += _offer(pk, event, at)
        _settle_flags(event, at)
    return count


@transaction.atomic
def _miss(pk: int, at: datetime) -> None:
    waiting = Waiting.objects.select_for_update(of=("self",)).get(pk=pk)
    if waiting.state == Waiting.State.OFFERED and not waiting.is_offered(at):
        waiting.state, waiting.ended_at = Waiting.State.MISSED, at
        waiting.save(update_fields=["state", "ended_at"])
        record("registration.offer_missed", actor=SYSTEM, at=at, event_id=waiting.event_id, about=waiting)
        _free(waiting)


def _offer(pk: int, event: Event, at: datetime) -> bool:
    """Keep places for one, if they are all there."""
    try:
        with transaction.atomic():
            waiting = Waiting.objects.select_for_update(of=("self",)).select_related("pass_type").get(pk=pk)
            if waiting.state != Waiting.State.WAITING:
                return False
            _keep(waiting, event)
            waiting.state, waiting.offered_at, waiting.offer_until = Waiting.State.OFFERED, at, at + OFFER_LASTS
            waiting.save(update_fields=["state", "offered_at", "offer_until"])
            record("registration.places_offered", actor=SYSTEM, at=at, event_id=event.pk, about=waiting, places=waiting.places)
            return True
    except SoldOut:
        return False


def _keep(waiting: Waiting, event: Event) -> None:
    days = [day.isoformat() for day in days_of(waiting.pass_type, event, waiting.day) or []]
    quotas = sorted(quotas_counting(Quota.objects.filter(event=event), waiting.pass_type, days), key=lambda one: one.pk)
    for quota in quotas:
        if Quota.objects.claim(quota.pk, waiting.places, waited=True) is None:
            raise SoldOut(day=quota.title)
        Reserve.objects.create(quota=quota, waiting=waiting, places=waiting.places)


def _free(waiting: Waiting) -> None:
    """Give back what was kept for one, whose row is locked."""
    for reserve in Reserve.objects.filter(waiting=waiting, places__gt=0).order_by("quota_id"):
        Quota.objects.give_back(reserve.quota_id, reserve.places)
    Reserve.objects.filter(waiting=waiting).update(places=0)


@transaction.atomic
def _settle_flags(event: Event, at: datetime) -> None:
    """Open again to everybody the quotas that nobody waits for any more."""
    quotas = list(Quota.objects.select_for_update().filter(event=event).order_by("pk"))
    wanted: set[int] = set()
    for waiting in Waiting.objects.filter(event=event, state=Waiting.State.WAITING).select_related("pass_type"):
        days = [day.isoformat() for day in days_of(waiting.pass_type, event, waiting.day) or []]
        wanted |= {quota.pk for quota in quotas_counting(quotas, waiting.pass_type, days) if quota.left < waiting.places}
    changed = [quota for quota in quotas if quota.is_awaited != (quota.pk in wanted)]
    for quota in changed:
        Quota.objects.filter(pk=quota.pk).update(is_awaited=quota.pk in wanted)
    if changed:
        record("registration.words_changed", actor=SYSTEM, at=at, event_id=event.pk, about=event, public=True)


def _blocking(quotas: Iterable[Quota], kind: PassType, days: Sequence[date], places: int) -> list[int]:
    """The quotas for want of which somebody waits: too few places, or others wait there already."""
    counting = quotas_counting(quotas, kind, [day.isoformat() for day in days])
    return [quota.pk for quota in counting if quota.left < places or quota.is_awaited]
