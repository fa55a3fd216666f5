"""Confirmed bookings with tickets, made through the commands."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from encommun.checkin.commands import issue_tickets, redeem
from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM, VISITOR
from encommun.registration.commands import PassOffer, SeatWish, book_passes, confirm_booking, offer_passes
from encommun.registration.models import Booking, Seat
from tests.cast import NOW, Cast

#: Thursday 13 September 2018, 9:12 in Nantes: the first morning.
MORNING = datetime(2018, 9, 13, 7, 12, tzinfo=UTC)


def passes(event: Event) -> None:
    offer_passes(
        event,
        passes=[
            PassOffer(slug="un-jour", name={"fr": "Pass 1 jour", "en": "1-day pass"}, price_cents=3500, day_is_chosen=True),
            PassOffer(slug="deux-jours", name={"fr": "Pass 2 jours", "en": "2-day pass"}, price_cents=6000),
        ],
        places_a_day=850,
        on_sale_from=NOW - timedelta(days=30),
        on_sale_until=NOW + timedelta(days=90),
        actor=SYSTEM,
        at=NOW,
    )


def booked(
    event: Event, *, seats: int = 1, name: str = "Chloé Martin", email: str = "chloe@association.example", day=None
) -> Booking:
    if not event.pass_types.exists():
        passes(event)
    wish = SeatWish(pass_type="un-jour" if day else "deux-jours", day=day)
    return book_passes(
        event,
        buyer_name=name,
        email=email,
        seats=[wish] * seats,
        payment_method="transfer",
        language="fr",
        actor=VISITOR,
        at=NOW,
    )


def confirmed(event: Event, **kwargs) -> Booking:
    return confirm_booking(booked(event, **kwargs), actor=SYSTEM, at=NOW)


def ticket(event: Event, **kwargs):
    return issue_tickets(confirmed(event, **kwargs), actor=SYSTEM, at=NOW)[0]


def seat_of(booking: Booking) -> Seat:
    return booking.seats.get()


def scan(cast: Cast, code: str, *, at: datetime = MORNING, **kwargs):
    return redeem(
        kwargs.pop("event", cast.event),
        code,
        **({"scan_id": uuid4(), "mode": "camera", "actor": cast.actor("driss"), "at": at} | kwargs),
    )
