"""Keep what a provider said and that settles nothing, for the treasurer."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import SYSTEM
from encommun.journal.commands import record
from encommun.payment.models import Payment, Stray


@transaction.atomic
def keep_stray(
    *,
    provider: str,
    name: str,
    why: Stray.Why,
    amount_cents: int,
    currency: str = "eur",
    payment: Payment | None = None,
    event_id: int | None = None,
    at: datetime,
) -> bool:
    """Keep it once, however often it is told; answer whether it is new."""
    event_id = payment.booking.event_id if payment else event_id
    values = {"event_id": event_id, "payment": payment, "amount_cents": amount_cents, "currency": currency[:3], "seen_at": at}
    stray, made = Stray.objects.get_or_create(provider=provider, name=name[:255], why=why, defaults=values)
    if made:
        facts = {"why": why.value, "amount_cents": amount_cents, "currency": currency[:3], "provider": provider}
        record("payment.to_look_at", actor=SYSTEM, at=at, event_id=event_id, about=payment.booking if payment else stray, **facts)
    return made
