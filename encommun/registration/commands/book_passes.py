"""Book passes: the places are kept until they are paid for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.composed import Composed, insert
from encommun.foundation.localised import LANGUAGES
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_line
from encommun.foundation.together import fetch, keys_of, leave, together
from encommun.journal.commands import record
from encommun.registration.commands import vouchers
from encommun.registration.commands.places import QUOTAS, take_kept, take_places
from encommun.registration.models import Booking, PassType, Seat, Voucher, Waiting
from encommun.registration.queries.basket import price_with, voucher_of
from encommun.registration.refusals import MissingDetails, UnknownPass, UnknownPaymentMethod, WrongNumberOfPasses
from encommun.registration.rules import GROUP_SEATS, HOLD, METHODS, basket_holds, days_of, is_on_sale, price_of

CODE_LENGTH = 8  # 31**8: two bookings of 100,000 share a code once in a hundred such gatherings
#: Without the words that people read on the page.
PASS_TYPES = Composed(
    lambda event_id: PassType.objects.filter(event_id=event_id).order_by().defer("name", "text", "cost_text", "right"), event_id=int
)


@dataclass(frozen=True, kw_only=True)
class SeatWish:
    """One pass that somebody asks for; who comes with it can be said later."""

    pass_type: str  # its slug
    day: date | None = None
    holder_name: str = ""
    holder_email: str = ""
    tariff: str = ""  # the price chosen in words, for a pass that has three
    price_cents: int | None = None  # the free amount, for a pass that has none of its own


def book_within(
    event: Event,
    *,
    buyer_name: str,
    email: str,
    seats: Sequence[SeatWish],
    payment_method: str,
    language: str,
    structure: str = "",
    voucher: str = "",
    forward_cents: int = 0,
    waiting: Waiting | None = None,
    at_desk: bool = False,
    actor: Actor,
    at: datetime,
) -> Booking:
    """Hold places for the passes of one booking; free ones are confirmed at once.

    Inside the caller's transaction, which a refusal must undo whole (``journal.commands.once`` does); ``book_passes`` is this in one of
    its own. A code, a gift to the fund or an offer of the waiting list cost statements of their own, and only those who use them.

    Args:
        voucher: a code as it was typed.
        forward_cents: paid beside the passes, for somebody else's.
        waiting: whose offer is taken (``commands.take_offer``): its kept places become these passes.
        at_desk: by the team for somebody who stands there: sold outside of its dates too, without an address, on no account of the team.

    Raises:
        WrongNumberOfPasses, MissingDetails, UnknownPass, UnknownPaymentMethod, NothingOnSale, NotOnSaleYet, SaleClosed, SalePaused,
        OnTrial, PassNeedsCode, NumberOfThisPass, WrongPrice, UnknownVoucher, VoucherDoesNotFit, VoucherUsedUp, FundEmpty, SoldOut
    """
    buyer_name, email = clean_line(buyer_name), clean_email(email)
    _check_details(buyer_name, email, seats, needs_address=not at_desk)
    of_event = {"event_id": event.pk}
    kinds_found, quotas, own_key, seat_keys = fetch(
        PASS_TYPES.of(**of_event), QUOTAS.of(**of_event), keys_of(Booking, 1), keys_of(Seat, len(seats))
    )
    kinds = {kind.slug: kind for kind in kinds_found}
    is_test = any(kind.is_test for kind in kinds.values()) and actor.is_in_team(event.pk)
    is_open = waiting is not None or at_desk
    open_now = is_open or is_on_sale(kinds.values(), event, at, trying=is_test)
    require(open_now)
    made = [_seat(wish, kinds, event, at, is_open=is_open, trying=is_test) for wish in seats]
    code = voucher_of(event, voucher, at) if voucher.strip() else None
    require(basket_holds([seat.pass_type for seat in made], opened=code.passes if code else ()))
    served = price_with(code, made) if code else []
    if forward_cents:
        vouchers.check_gift(event, forward_cents)
    total = sum(seat.price_cents for seat in made) + forward_cents
    if total and payment_method not in METHODS and not at_desk:
        raise UnknownPaymentMethod()
    is_paid = not total or is_test
    method = "free" if is_paid else payment_method
    booking = Booking(
        pk=own_key[0],
        event=event,
        code=new_code(CODE_LENGTH),
        state=Booking.State.CONFIRMED if is_paid else Booking.State.HELD,
        email=email,
        name=buyer_name,
        structure=clean_line(structure)[:200],
        language=language if language in LANGUAGES else "fr",
        account_id=None if at_desk else actor.account_id,
        total_cents=total,
        forward_cents=forward_cents,
        payment_method=method,
        held_until=at + HOLD if method == "card" else None,
        booked_at=at,
        confirmed_at=at if is_paid else None,
        is_test=is_test,
    )
    with together():
        insert([booking])
        for seat, key in zip(made, seat_keys, strict=True):
            seat.pk, seat.booking = key, booking
        insert(made)
        facts = {"seats": len(made), "total_cents": total, "method": method}
        what = "registration.trial_booked" if is_test else "registration.passes_booked"
        record(what, actor=actor, at=at, event_id=event.pk, about=booking, **facts)
        if is_paid:
            record("registration.booking_confirmed", actor=actor, at=at, event_id=event.pk, about=booking)
        kept = _kept_before(booking, code, served, waiting, at)
        take_places(booking, made, quotas=quotas, kept=kept, actor=actor, at=at)
    booking.all_seats = made
    return booking


def _kept_before(
    booking: Booking, code: Voucher | None, served: list[Seat], waiting: Waiting | None, at: datetime
) -> Counter[int] | None:
    """The places that a code or an offer had kept for these passes, by quota."""
    if code is None and waiting is None:
        return None
    leave()  # the booking and its passes are written before they are named
    kept = vouchers.use(code, served, booking, at=at) if code is not None else None
    return take_kept(waiting) if waiting is not None else kept


book_passes = transaction.atomic(book_within)


def _check_details(name: str, email: str, seats: Sequence[SeatWish], *, needs_address: bool) -> None:
    if not 1 <= len(seats) <= GROUP_SEATS:
        raise WrongNumberOfPasses(most=GROUP_SEATS)
    if not name or len(name) > 120 or any(len(clean_line(wish.holder_name)) > 120 for wish in seats):
        raise MissingDetails()
    try:
        buyer = [email] if email or needs_address else []
        for address in [*buyer, *(clean_email(wish.holder_email) for wish in seats if wish.holder_email)]:
            validate_email(address)
            if len(address) > 254:
                raise MissingDetails()
    except ValidationError:
        raise MissingDetails() from None


def _seat(wish: SeatWish, kinds: dict[str, PassType], event: Event, at: datetime, *, is_open: bool, trying: bool) -> Seat:
    kind = kinds.get(wish.pass_type)
    days = days_of(kind, event, wish.day) if kind else None
    if kind is None or not days:
        raise UnknownPass()
    if not is_open:
        require(is_on_sale([kind], event, at, trying=trying))
    return Seat(
        code=new_code(CODE_LENGTH),
        pass_type=kind,
        days=[day.isoformat() for day in days],
        price_cents=price_of(kind, wish.tariff, wish.price_cents),
        tariff=wish.tariff if kind.pricing == PassType.Pricing.SCALE else "",
        holder_name=clean_line(wish.holder_name),
        holder_email=clean_email(wish.holder_email),
    )
