"""Book passes: the places are kept until they are paid for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.localised import LANGUAGES
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_line
from encommun.journal.commands import record
from encommun.registration.commands.places import take_places
from encommun.registration.models import Booking, PassType, Seat
from encommun.registration.refusals import MissingDetails, UnknownPass, UnknownPaymentMethod, WrongNumberOfPasses
from encommun.registration.rules import HOLD, METHODS, MOST_SEATS, days_of, is_on_sale

CODE_LENGTH = 8  # 31**8: two bookings of 100,000 share a code once in a hundred such gatherings


@dataclass(frozen=True, kw_only=True)
class SeatWish:
    """One pass that somebody asks for; who comes with it can be said later."""

    pass_type: str  # its slug
    day: date | None = None
    holder_name: str = ""
    holder_email: str = ""


@transaction.atomic
def book_passes(
    event: Event,
    *,
    buyer_name: str,
    email: str,
    seats: Sequence[SeatWish],
    payment_method: str,
    language: str,
    structure: str = "",
    actor: Actor,
    at: datetime,
) -> Booking:
    """Hold places for one to ten passes; free ones are confirmed at once.

    Raises:
        WrongNumberOfPasses, MissingDetails, UnknownPass, UnknownPaymentMethod, NothingOnSale, NotOnSaleYet, SaleClosed, SoldOut
    """
    buyer_name, email = clean_line(buyer_name), clean_email(email)
    _check_details(buyer_name, email, seats)
    kinds = {kind.slug: kind for kind in event.pass_types.all()}
    require(is_on_sale(kinds.values(), event, at))
    made = [_seat(wish, kinds, event, at) for wish in seats]
    total = sum(seat.price_cents for seat in made)
    if total and payment_method not in METHODS:
        raise UnknownPaymentMethod()
    method = payment_method if total else "free"
    booking = Booking.objects.create(
        event=event,
        code=new_code(CODE_LENGTH),
        state=Booking.State.HELD if total else Booking.State.CONFIRMED,
        email=email,
        name=buyer_name,
        structure=clean_line(structure)[:200],
        language=language if language in LANGUAGES else "fr",
        account_id=actor.account_id,
        total_cents=total,
        payment_method=method,
        held_until=at + HOLD if method == "card" else None,
        booked_at=at,
        confirmed_at=None if total else at,
    )
    for seat in made:
        seat.booking = booking
    Seat.objects.bulk_create(made)
    facts = {"seats": len(made), "total_cents": total, "method": method}
    record("registration.passes_booked", actor=actor, at=at, event_id=event.pk, about=booking, **facts)
    if not total:
        record("registration.booking_confirmed", actor=actor, at=at, event_id=event.pk, about=booking)
    take_places(booking, made, actor=actor, at=at)
    booking.all_seats = made
    return booking


def _check_details(name: str, email: str, seats: Sequence[SeatWish]) -> None:
    if not 1 <= len(seats) <= MOST_SEATS:
        raise WrongNumberOfPasses(most=MOST_SEATS)
    if not name or len(name) > 120 or any(len(clean_line(wish.holder_name)) > 120 for wish in seats):
        raise MissingDetails()
    try:
        for address in [email, *(clean_email(wish.holder_email) for wish in seats if wish.holder_email)]:
            validate_email(address)
            if len(address) > 254:
                raise MissingDetails()
    except ValidationError:
        raise MissingDetails() from None


def _seat(wish: SeatWish, kinds: dict[str, PassType], event: Event, at: datetime) -> Seat:
    kind = kinds.get(wish.pass_type)
    days = days_of(kind, event, wish.day) if kind else None
    if kind is None or days is None:
        raise UnknownPass()
    require(is_on_sale([kind], event, at))
    return Seat(
        code=new_code(CODE_LENGTH),
        pass_type=kind,
        days=[day.isoformat() for day in days],
        price_cents=kind.price_cents,
        holder_name=clean_line(wish.holder_name),
        holder_email=clean_email(wish.holder_email),
    )
