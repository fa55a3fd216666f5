"""Keep the places of a booking once more, after its time to pay has passed: nothing is typed again."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotAllowed, require
from encommun.journal.commands import record
from encommun.registration.commands.places import take_places
from encommun.registration.commands.vouchers import use_again
from encommun.registration.models import Booking
from encommun.registration.refusals import PriceChanged
from encommun.registration.rules import HOLD, is_on_sale, may_renew, may_see_booking, price_of


@transaction.atomic
def renew_booking(booking: Booking, *, actor: Actor, at: datetime) -> Booking:
    """Take the places of a lapsed booking again, at the prices that were said, while these are still the prices.

    Raises:
        NotAllowed, AlreadyConfirmed, BookingEnded, NotLapsed, NotOnSaleYet, SaleClosed, SalePaused, OnTrial, PriceChanged,
        VoucherUsedUp, FundEmpty, FundClosed, SoldOut
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=booking.pk)
    require(True if may_see_booking(actor, booking) is True else NotAllowed(), may_renew(booking))
    seats = list(booking.seats.select_related("pass_type"))
    for seat in seats:
        require(is_on_sale([seat.pass_type], booking.event, at))
        said = seat.price_cents + seat.off_cents
        if price_of(seat.pass_type, seat.tariff, said) != said:
            raise PriceChanged(name=seat.pass_type.name)
    booking.state, booking.ended_at, booking.hold_extended = Booking.State.HELD, None, False
    booking.held_until = at + HOLD if booking.payment_method == "card" else None
    booking.save(update_fields=["state", "ended_at", "hold_extended", "held_until"])
    facts = {"retaken": True, "total_cents": booking.total_cents}
    record("registration.booking_renewed", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    use_again(booking, at=at)
    take_places(booking, seats, actor=actor, at=at)
    return booking
