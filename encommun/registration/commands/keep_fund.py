"""The fund of suspended passes: open it, and add what was paid forward."""

from datetime import datetime

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_text
from encommun.journal.commands import record
from encommun.registration.models import Booking, Fund, FundMovement
from encommun.registration.rules import keeps_registration


@transaction.atomic
def set_fund(event: Event, *, text: dict[str, str], is_open: bool, actor: Actor, at: datetime) -> Fund:
    """Open the fund, close it, or say how to ask for a suspended pass.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, event.pk))
    words = {language: clean_text(one)[:2000] for language, one in text.items() if clean_text(one)}
    fund, _made = Fund.objects.update_or_create(event=event, defaults={"text": words, "is_open": is_open})
    record("registration.fund_set", actor=actor, at=at, event_id=event.pk, about=event, public=True, open=is_open)
    return fund


def give_to_fund(booking: Booking, *, actor: Actor, at: datetime) -> None:
    """Add what a confirmed booking paid forward, once in its life: a gift is not taken back with the passes."""
    if not booking.forward_cents or booking.is_test:
        return
    fund, _made = Fund.objects.get_or_create(event_id=booking.event_id)
    if FundMovement.objects.filter(fund=fund, booking=booking, kind=FundMovement.Kind.GIVEN).exists():
        return
    FundMovement.objects.create(fund=fund, kind=FundMovement.Kind.GIVEN, amount_cents=booking.forward_cents, booking=booking, at=at)
    Fund.objects.give(fund.pk, booking.forward_cents)
    facts = {"amount_cents": booking.forward_cents}
    record("registration.paid_forward", actor=actor, at=at, event_id=booking.event_id, about=booking, public=True, **facts)
