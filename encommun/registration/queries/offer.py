"""What can be booked now, in words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from encommun.events.models import Event
from encommun.foundation.refusals import Verdict
from encommun.registration.models import PassType, Quota
from encommun.registration.rules import is_on_sale, pass_days, quotas_counting

WORST = {"open": 0, "few": 1, "full": 2}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A pass with the day that it gives: what one person chooses. ``value`` travels in forms."""

    pass_type: PassType
    day: date | None
    availability: str
    on_sale: Verdict

    @property
    def value(self) -> str:
        return f"{self.pass_type.slug}_{self.day.isoformat()}" if self.day else self.pass_type.slug

    @property
    def is_free_to_take(self) -> bool:
        return self.on_sale is True and self.availability != "full"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A kind of pass with its choices."""

    pass_type: PassType
    choices: list[Choice]

    @property
    def availability(self) -> str:
        """The best word among its choices."""
        return min(("full", *(choice.availability for choice in self.choices)), key=WORST.__getitem__)

    @property
    def is_awaitable(self) -> bool:
        """Whether one can wait for some of it."""
        return any(choice.on_sale is True and choice.availability == "full" for choice in self.choices)

    @property
    def is_free_to_take(self) -> bool:
        return any(choice.is_free_to_take for choice in self.choices)


def offer_of(event: Event, at: datetime, *, opened: Collection[int] = (), trying: bool = False) -> tuple[list[Offer], Verdict]:
    """The passes of an event with what is left of them, and whether anything is on sale. Two statements.

    Args:
        opened: numbers of the kinds of pass that a code opens: they are shown too.
        trying: as somebody of the team sees a sale in test mode.
    """
    kinds = [kind for kind in event.pass_types.all() if _is_shown(kind, opened)]
    quotas = list(Quota.objects.filter(event=event))
    offers = [Offer(pass_type=kind, choices=_choices(kind, event, quotas, at, trying)) for kind in kinds]
    return offers, is_on_sale(kinds, event, at, trying=trying)


def choices_of(event: Event, at: datetime, *, opened: Collection[int] = (), trying: bool = False) -> list[Choice]:
    """Every choice of an event, in order."""
    offers, _on_sale = offer_of(event, at, opened=opened, trying=trying)
    return [choice for offer in offers for choice in offer.choices]


def _is_shown(kind: PassType, opened: Collection[int]) -> bool:
    return kind.offered == PassType.Offered.PUBLIC or (kind.offered == PassType.Offered.CODE and kind.number in opened)


def _choices(kind: PassType, event: Event, quotas: Sequence[Quota], at: datetime, trying: bool) -> list[Choice]:
    days = pass_days(kind, event)
    dated = {quota.day for quota in quotas if quota.kind == Quota.Kind.DAY}

    def word(days: list[date]) -> str:
        if not kind.counts_in_quotas:
            return "open"
        if not days or any(day not in dated for day in days):
            return "full"
        counting = quotas_counting(quotas, kind, [day.isoformat() for day in days])
        return max((quota.availability for quota in counting), key=WORST.__getitem__)

    on_sale = is_on_sale([kind], event, at, trying=trying)
    if kind.day_is_chosen:
        return [Choice(pass_type=kind, day=day, availability=word([day]), on_sale=on_sale) for day in days]
    return [Choice(pass_type=kind, day=None, availability=word(days), on_sale=on_sale)]
