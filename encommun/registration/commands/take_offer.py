"""Take the places that were offered to the waiting list."""

from datetime import datetime

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotAllowed, require
from encommun.journal.commands import record
from encommun.registration.commands.book_passes import SeatWish, book_within
from encommun.registration.models import Booking, PassType, Waiting
from encommun.registration.refusals import NotWaiting, OfferOver
from encommun.registration.rules import may_see_waiting


@transaction.atomic
def take_offer(waiting: Waiting, *, event: Event, payment_method: str, tariff: str = "fair", actor: Actor, at: datetime) -> Booking:
    """Make the booking of an offer: its places are kept already, nobody can take them.

    A price in words is the fair one unless another is chosen; a free amount is the suggested one.

    Raises:
        NotAllowed, NotWaiting, OfferOver, UnknownPaymentMethod, WrongPrice
    """
    waiting = Waiting.objects.select_for_update(of=("self",)).select_related("pass_type").get(pk=waiting.pk)
    require(True if may_see_waiting(actor, waiting) is True else NotAllowed())
    if waiting.state == Waiting.State.MISSED or (waiting.state == Waiting.State.OFFERED and not waiting.is_offered(at)):
        raise OfferOver()
    if waiting.state != Waiting.State.OFFERED:
        raise NotWaiting()
    kind = waiting.pass_type
    free = kind.price_cents if kind.pricing == PassType.Pricing.FREE else None
    wish = SeatWish(pass_type=kind.slug, day=waiting.day, tariff=tariff, price_cents=free)
    booking = book_within(
        event,
        buyer_name=waiting.name,
        email=waiting.email,
        seats=[wish] * waiting.places,
        payment_method=payment_method,
        language=waiting.language,
        waiting=waiting,
        actor=actor,
        at=at,
    )
    waiting.state, waiting.ended_at, waiting.booking = Waiting.State.TAKEN, at, booking
    waiting.save(update_fields=["state", "ended_at", "booking"])
    record("registration.offer_taken", actor=actor, at=at, event_id=event.pk, about=waiting, booking=booking.code)
    return booking
