"""Somebody comes without a pass: sold, paid, its ticket made, and let in."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction

from encommun.checkin.commands.issue_tickets import issue_tickets
from encommun.checkin.commands.redeem import redeem
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.invoicing.commands import await_order
from encommun.payment.commands import take_at_desk
from encommun.payment.models import Payment
from encommun.registration.commands import SeatWish, book_passes
from encommun.registration.models import Booking
from encommun.registration.rules import keeps_registration

BY_ORDER = "order"
PAID_BY = (str(Payment.Provider.CASH), str(Payment.Provider.TERMINAL), BY_ORDER)


@dataclass(frozen=True, kw_only=True)
class WalkIn:
    """Who stands there, what she takes, how it is paid.

    Attributes:
        email: where the pass and the receipt go, if she wishes; of the purchasing office when her employer pays.
        paid: one of ``PAID_BY``; nothing for a free pass.
    """

    name: str
    pass_type: str
    day: date | None = None
    tariff: str = ""
    price_cents: int | None = None
    paid: str = ""
    email: str = ""
    structure: str = ""


@transaction.atomic
def welcome_walk_in(event: Event, asked: WalkIn, *, actor: Actor, at: datetime) -> Booking:
    """Sell one pass at the desk, whatever its dates of sale, and let in who holds it when it is for today.

    Raises:
        NotAllowed, MissingDetails, UnknownPass, WrongPrice, SoldOut, WayNotOpen, NoIssuer, BillingMissing
    """
    require(keeps_registration(actor, event.pk))
    wish = SeatWish(
        pass_type=asked.pass_type, day=asked.day, tariff=asked.tariff, price_cents=asked.price_cents, holder_name=asked.name
    )
    booking = book_passes(
        event,
        buyer_name=asked.name,
        email=asked.email,
        structure=asked.structure,
        seats=[wish],
        payment_method="desk",
        language="fr",
        at_desk=True,
        actor=actor,
        at=at,
    )
    if booking.state == Booking.State.HELD and asked.paid == BY_ORDER:
        await_order(booking, body_name=asked.structure, accounting_email=asked.email, actor=actor, at=at)
    elif booking.state == Booking.State.HELD:
        take_at_desk(booking, provider=asked.paid, amount_cents=booking.total_cents, actor=actor, at=at)
    booking.refresh_from_db()
    issue_tickets(booking, actor=actor, at=at)
    seat = booking.seats.get()
    if at.astimezone(event.zone).date().isoformat() in seat.days:
        redeem(event, seat.code, scan_id=uuid4(), mode="name", actor=actor, at=at)
    return booking
