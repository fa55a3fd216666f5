"""Compose a kind of pass: its words, days, prices, sale window."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line, clean_text
from encommun.journal.commands import record
from encommun.registration.models import Booking, PassType, Quota, Seat
from encommun.registration.refusals import PassDoesNotHold
from encommun.registration.rules import GROUP_SEATS, MOST_CENTS, keeps_registration


@dataclass(frozen=True, kw_only=True)
class PassText:
    """Everything that the team says of a kind of pass."""

    name: dict[str, str]
    text: dict[str, str] = field(default_factory=dict)
    pricing: str = PassType.Pricing.FIXED
    price_cents: int
    low_cents: int = 0
    high_cents: int = 0
    cost_cents: int | None = None
    cost_text: dict[str, str] = field(default_factory=dict)
    right: dict[str, str] = field(default_factory=dict)
    offered: str = PassType.Offered.PUBLIC
    day_is_chosen: bool = False
    days: Sequence[str] = ()
    min_per_booking: int = 1
    max_per_booking: int | None = None
    counts_in_quotas: bool = True
    on_sale_from: datetime
    on_sale_until: datetime
    is_paused: bool = False


@transaction.atomic
def compose_pass(event: Event, asked: PassText, *, pass_type: PassType | None = None, actor: Actor, at: datetime) -> PassType:
    """Make a kind of pass, or change one: what is booked already keeps its price and its days.

    Raises:
        NotAllowed, PassDoesNotHold
    """
    require(keeps_registration(actor, event.pk))
    others = list(PassType.objects.select_for_update().filter(event=event))
    kind = next((one for one in others if pass_type is not None and one.pk == pass_type.pk), None)
    made = kind is None
    if kind is None:
        number = max((one.number for one in others), default=0) + 1
        slug = _slug(asked.name.get("fr", ""), {one.slug for one in others}, number)
        kind = PassType(event=event, number=number, position=number, slug=slug, is_test=any(one.is_test for one in others))
    _check(asked, event)
    if not made and kind.counts_in_quotas != asked.counts_in_quotas and _has_living_seats(kind):
        raise PassDoesNotHold(sentence=_("Somebody holds this pass already: whether it counts in the quotas stays as it is."))
    kind.name, kind.right, kind.cost_text = _lines(asked.name), _lines(asked.right), _texts(asked.cost_text)
    kind.text = _texts(asked.text)
    kind.days = [day.isoformat() for day in event.days if day.isoformat() in asked.days]
    if len(kind.days) == len(event.days):
        kind.days = []
    for name in COPIED:
        setattr(kind, name, getattr(asked, name))
    kind.save()
    for day in event.days:
        Quota.objects.get_or_create(event=event, day=day, kind=Quota.Kind.DAY, defaults={"size": 0})
    what = "registration.pass_composed" if made else "registration.pass_changed"
    facts = {"pass": kind.slug, "price_cents": kind.price_cents, "paused": kind.is_paused}
    record(what, actor=actor, at=at, event_id=event.pk, about=kind, public=True, **facts)
    return kind


COPIED = (
    "pricing",
    "price_cents",
    "low_cents",
    "high_cents",
    "cost_cents",
    "offered",
    "day_is_chosen",
    "min_per_booking",
    "max_per_booking",
    "counts_in_quotas",
    "on_sale_from",
    "on_sale_until",
    "is_paused",
)


def _check(asked: PassText, event: Event) -> None:
    days = {day.isoformat() for day in event.days}
    for holds, sentence in (
        (bool(clean_line(asked.name.get("fr", ""))), _("A pass needs its name in French.")),
        (asked.on_sale_from < asked.on_sale_until, _("The sale ends after it begins.")),
        (set(asked.days) <= days, _("A pass gives days of this gathering.")),
        (asked.pricing in PassType.Pricing.values and asked.offered in PassType.Offered.values, _("Choose one of the prices.")),
        (asked.low_cents >= 0 and 0 <= asked.price_cents <= MOST_CENTS, _("A price is between 0 and 10,000 euros.")),
        (
            asked.pricing != PassType.Pricing.SCALE or asked.low_cents < asked.price_cents < asked.high_cents <= MOST_CENTS,
            _("Three prices grow: solidarity, then fair, then support."),
        ),
        (
            asked.pricing != PassType.Pricing.FREE or asked.low_cents < asked.price_cents,
            _("The suggested amount is above the minimum."),
        ),
        (
            1 <= asked.min_per_booking <= (asked.max_per_booking or GROUP_SEATS) <= GROUP_SEATS,
            _("A booking holds at least one pass, and the most is not under the least."),
        ),
        (
            asked.offered != PassType.Offered.CONTRIBUTORS or (asked.price_cents == 0 and asked.pricing == PassType.Pricing.FIXED),
            _("The pass of contributors is free."),
        ),
    ):
        if not holds:
            raise PassDoesNotHold(sentence=sentence)


def _has_living_seats(kind: PassType) -> bool:
    return Seat.objects.filter(pass_type=kind, booking__state__in=(Booking.State.HELD, Booking.State.CONFIRMED)).exists()


def _slug(name: str, known: set[str], number: int) -> str:
    slug = slugify(name)[:50].replace("_", "-") or "pass"
    return slug if slug not in known else f"{slug}-{number}"


def _lines(words: dict[str, str]) -> dict[str, str]:
    return {language: clean_line(text)[:200] for language, text in words.items() if clean_line(text)}


def _texts(words: dict[str, str]) -> dict[str, str]:
    return {language: clean_text(text)[:2000] for language, text in words.items() if clean_text(text)}
