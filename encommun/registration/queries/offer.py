"""What can be booked now, in words."""

from dataclasses import dataclass
from datetime import date, datetime

from encommun.events.models import Event
from encommun.foundation.refusals import Verdict
from encommun.registration.models import PassType, Quota
from encommun.registration.rules import is_on_sale

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
        return min((choice.availability for choice in self.choices), key=WORST.__getitem__)

    @property
    def is_free_to_take(self) -> bool:
        return any(choice.is_free_to_take for choice in self.choices)


def offer_of(event: Event, at: datetime) -> tuple[list[Offer], Verdict]:
    """The passes of an event with what is left of them, and whether anything is on sale. Two statements."""
    kinds = list(event.pass_types.all())
    quotas = {quota.day: quota for quota in Quota.objects.filter(event=event)}
    offers = [Offer(pass_type=kind, choices=_choices(kind, event, quotas, at)) for kind in kinds]
    return offers, is_on_sale(kinds, event, at)


def choices_of(event: Event, at: datetime) -> list[Choice]:
    """Every choice of an event, in order."""
    offers, _on_sale = offer_of(event, at)
    return [choice for offer in offers for choice in offer.choices]


def _choices(kind: PassType, event: Event, quotas: dict[date, Quota], at: datetime) -> list[Choice]:
    def word(days: list[date]) -> str:
        return max((quotas[day].availability if day in quotas else "full" for day in days), key=WORST.__getitem__)

    on_sale = is_on_sale([kind], event, at)
    if kind.day_is_chosen:
        return [Choice(pass_type=kind, day=day, availability=word([day]), on_sale=on_sale) for day in event.days]
    return [Choice(pass_type=kind, day=None, availability=word(event.days), on_sale=on_sale)]
