"""What tests of passes share: passes on sale, and short ways to book."""

from datetime import datetime, timedelta
from typing import Any

from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM, VISITOR, Actor
from encommun.registration.commands import PassOffer, SeatWish, book_passes, offer_passes
from encommun.registration.models import Booking
from encommun.registration.rules import BOOKING_LINK
from tests.cast import NOW

ONE_DAY = PassOffer(slug="un-jour", name={"fr": "Pass 1 jour", "en": "1-day pass"}, price_cents=3500, day_is_chosen=True)
TWO_DAYS = PassOffer(slug="deux-jours", name={"fr": "Pass 2 jours", "en": "2-day pass"}, price_cents=6000)
FREE = PassOffer(slug="libre", name={"fr": "Entrée libre", "en": "Free entry"}, price_cents=0)


def open_sale(event: Event, *, places: int = 100, at: datetime = NOW) -> None:
    offer_passes(
        event,
        passes=[ONE_DAY, TWO_DAYS],
        places_a_day=places,
        on_sale_from=at - timedelta(days=30),
        on_sale_until=at + timedelta(days=60),
        actor=SYSTEM,
        at=at,
    )


def two_days(count: int = 1, **more: Any) -> list[SeatWish]:
    return [SeatWish(pass_type="deux-jours", **more) for _n in range(count)]


def one_day(event: Event, n: int = 0, **more: Any) -> SeatWish:
    return SeatWish(pass_type="un-jour", day=event.days[n], **more)


def book(event: Event, seats: list[SeatWish] | None = None, *, at: datetime = NOW, **more: Any) -> Booking:
    asked = {
        "buyer_name": "Chloé Martin",
        "email": "chloe@association.example",
        "payment_method": "card",
        "language": "fr",
        "actor": VISITOR,
    }
    return book_passes(event, seats=two_days() if seats is None else seats, at=at, **(asked | more))


def holder_of(booking: Booking) -> Actor:
    """Who opened the booking's link."""
    return Actor(links=frozenset({(BOOKING_LINK, booking.code)}))
