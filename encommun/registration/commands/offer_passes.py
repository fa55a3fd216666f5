"""Say which passes a gathering has, and how many places a day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor, ActorKind
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.registration.models import PassType, Quota
from encommun.registration.rules import keeps_registration


@dataclass(frozen=True, kw_only=True)
class PassOffer:
    """A kind of pass to offer."""

    slug: str
    name: dict[str, str]
    price_cents: int
    text: dict[str, str] = field(default_factory=dict)
    day_is_chosen: bool = False


@transaction.atomic
def offer_passes(
    event: Event,
    *,
    passes: Sequence[PassOffer],
    places_a_day: int,
    on_sale_from: datetime,
    on_sale_until: datetime,
    actor: Actor,
    at: datetime,
) -> list[PassType]:
    """Offer passes on every day of the event; what exists already is left as it is.

    Raises:
        NotAllowed: neither those who keep registration nor the command line.
    """
    if actor.kind != ActorKind.SYSTEM:
        require(keeps_registration(actor, event.pk))
    for day in event.days:
        Quota.objects.get_or_create(event=event, day=day, kind=Quota.Kind.DAY, defaults={"size": places_a_day})
    known = {kind.slug: kind for kind in event.pass_types.all()}
    number = max((kind.number for kind in known.values()), default=0)
    for offer in passes:
        if offer.slug in known:
            continue
        number += 1
        known[offer.slug] = PassType.objects.create(
            event=event,
            number=number,
            position=number,
            slug=offer.slug,
            name=offer.name,
            text=offer.text,
            price_cents=offer.price_cents,
            day_is_chosen=offer.day_is_chosen,
            on_sale_from=on_sale_from,
            on_sale_until=on_sale_until,
        )
    slugs = [offer.slug for offer in passes]
    record("registration.passes_offered", actor=actor, at=at, event_id=event.pk, about=event, public=True, passes=slugs)
    return [known[slug] for slug in slugs]
