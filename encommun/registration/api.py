"""Passes and bookings as JSON: the same commands as the pages."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest, JsonResponse
from ninja import Header, Router, Schema
from pydantic import BaseModel, Field

from encommun.events.keys import KEY, KEY_OR_NOBODY, event_of
from encommun.foundation import clock
from encommun.foundation.refusals import require
from encommun.journal.commands import once
from encommun.people.addresses import client_address
from encommun.people.commands import count_try
from encommun.registration.commands import SeatWish, book_within
from encommun.registration.letters import booking_link
from encommun.registration.models import Booking
from encommun.registration.queries import Offer, booking_seen_by, offer_of
from encommun.registration.rules import MOST_CENTS, MOST_SEATS, keeps_registration
from encommun.registration.ways import require_way
from encommun.ui.api import Asked, Code, Slug, open_read, problems

router = Router(tags=["Passes"])

#: Bookings a minute from one address, without a key.
MOST_WITHOUT_KEY = 10

IdempotencyKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=80,
        pattern=r"^[-A-Za-z0-9_.:]+$",
        description="A UUID drawn for this booking. The same call sent twice books once; another body with it is refused.",
    ),
]


class ChoiceAnswer(Schema):
    day: date | None
    availability: Literal["open", "few", "full"]
    is_free_to_take: bool


class PassTypeAnswer(Schema):
    slug: str
    name: dict[str, str]
    text: dict[str, str]
    pricing: Literal["fixed", "scale", "free"] = Field(
        description="fixed: price_cents; scale: low, fair (price_cents) or high; free: an amount from low_cents on, price_cents suggested."
    )
    price_cents: int
    low_cents: int
    high_cents: int
    cost_cents: int | None
    min_per_booking: int
    max_per_booking: int | None
    day_is_chosen: bool
    on_sale_from: datetime
    on_sale_until: datetime
    availability: Literal["open", "few", "full"]
    choices: list[ChoiceAnswer]


class PassTypes(Schema):
    items: list[PassTypeAnswer]


class SeatAsked(Asked):
    pass_type: Slug
    day: date | None = None
    holder_name: str = Field("", max_length=120)
    holder_email: str = Field("", max_length=254)
    tariff: Literal["", "low", "fair", "high"] = Field(
        "", description="The price chosen in words, for a pass whose pricing is «scale»."
    )
    price_cents: int | None = Field(None, ge=0, le=MOST_CENTS, description="The amount, for a pass whose pricing is «free».")


class BookingAsked(Asked):
    buyer_name: str = Field(min_length=1, max_length=120)
    email: str = Field(min_length=3, max_length=254, description="Where the link of the booking is sent.")
    structure: str = Field("", max_length=200)
    payment_method: Literal["card", "transfer", "cheque", "free"]
    language: Literal["fr", "en"] = "fr"
    voucher: str = Field("", max_length=30, description="A code of the team.")
    forward_cents: int = Field(0, ge=0, le=MOST_CENTS, description="Added for the fund of suspended passes.")
    seats: list[SeatAsked] = Field(min_length=1, max_length=MOST_SEATS)


class SeatAnswer(BaseModel):
    code: str
    pass_type: str
    days: list[date]
    price_cents: int
    off_cents: int = Field(description="What the code took off; price_cents is what is paid.")
    holder_name: str


class BookingAnswer(BaseModel):
    code: str
    state: Literal["held", "confirmed", "lapsed", "cancelled"]
    total_cents: int
    payment_method: str
    held_until: datetime | None
    booked_at: datetime
    link: str = Field(description="The secret page of the booking, to pay and to hand passes over: for the buyer only.")
    seats: list[SeatAnswer]


@router.get("/{event}/pass-types", response={200: PassTypes, **problems(404, 422)}, auth=None, summary="Passes on offer")
@open_read()
def list_pass_types(request: HttpRequest, event: Slug) -> dict[str, list[dict[str, Any]]]:
    """Kinds of passes, and a word for what is left of each: open, few, full."""
    offers, _on_sale = offer_of(event_of(request, event), clock.now())
    return {"items": [_offered(offer) for offer in offers]}


@router.post(
    "/{event}/bookings",
    response={200: BookingAnswer, 201: BookingAnswer, **problems(400, 401, 403, 404, 409, 413, 422, 429)},
    auth=KEY_OR_NOBODY,
    summary="Book passes",
)
def book(request: HttpRequest, event: Slug, idempotency_key: IdempotencyKey, asked: BookingAsked) -> JsonResponse:
    """Keep places for one to ten passes; they are confirmed when paid, at once when free.

    Works without a key as the form does, ten times a minute from one address; a key of registration has no such limit.
    201 the first time, 200 when the same call came before.
    """
    found, actor, at = event_of(request, event), request.actor, clock.now()
    if actor.token_id is not None:
        require(keeps_registration(actor, found.pk))
    else:
        count_try("api.book", client_address(request), at=at, most=MOST_WITHOUT_KEY, seconds=60)

    def act() -> dict[str, Any]:
        require_way(found, asked.payment_method)
        facts = asked.model_dump(exclude={"seats"})
        wishes = [SeatWish(**seat.model_dump()) for seat in asked.seats]
        booking = book_within(found, **facts, seats=wishes, actor=actor, at=at)
        return BookingAnswer(**_booked(booking)).model_dump(mode="json")

    scope, body = f"api:{actor.reference}:{found.pk}", asked.model_dump(mode="json")
    answer, now = once(scope, idempotency_key, body, at=at, act=act, in_one_message=True)
    return JsonResponse(answer, status=201 if now else 200)  # made by the schema when it was first given


@router.get(
    "/{event}/bookings/{code}",
    response={200: BookingAnswer, **problems(401, 404, 422)},
    auth=KEY,
    summary="A booking",
)
def get_booking(request: HttpRequest, event: Slug, code: Code) -> dict[str, Any]:
    """Where a booking stands, for a key of registration."""
    return _booked(booking_seen_by(request.actor, event_of(request, event), code))


def _offered(offer: Offer) -> dict[str, Any]:
    kind = offer.pass_type
    facts = ("slug", "name", "text", "pricing", "price_cents", "low_cents", "high_cents", "cost_cents", "day_is_chosen")
    facts += ("min_per_booking", "max_per_booking", "on_sale_from", "on_sale_until")
    choices = [{"day": one.day, "availability": one.availability, "is_free_to_take": one.is_free_to_take} for one in offer.choices]
    return {name: getattr(kind, name) for name in facts} | {"availability": offer.availability, "choices": choices}


def _booked(booking: Booking) -> dict[str, Any]:
    facts = ("code", "state", "total_cents", "payment_method", "held_until", "booked_at")
    return {name: getattr(booking, name) for name in facts} | {
        "link": booking_link(booking),
        "seats": [
            {
                "code": seat.code,
                "pass_type": seat.pass_type.slug,
                "days": seat.days,
                "price_cents": seat.price_cents,
                "off_cents": seat.off_cents,
                "holder_name": seat.holder_name,
            }
            for seat in booking.all_seats
        ],
    }
