"""Whose pass it is, as the programme asks."""

from encommun.foundation.actor import VISITOR, Actor
from encommun.registration.commands import confirm_booking
from encommun.registration.holders import find_holder
from encommun.registration.rules import SEAT_LINK
from tests.cast import NOW
from tests.registration.desk import book, open_sale


def test_a_pass_is_known_by_its_code_its_link_or_the_account_while_it_is_in_force(cast):
    open_sale(cast.event)
    booking = book(cast.event)
    seat = booking.seats.get()
    link = Actor(links=frozenset({(SEAT_LINK, seat.code)}))
    confirmed = booking.state == booking.State.CONFIRMED
    if not confirmed:
        assert find_holder(cast.event, VISITOR, seat.code) is None
        confirm_booking(booking, actor=Actor(kind="system"), at=NOW)
    by_code, by_link = find_holder(cast.event, VISITOR, seat.code.lower()), find_holder(cast.event, link)
    assert by_code == by_link
    assert by_code is not None
    assert by_code.days == frozenset(seat.days)
    assert find_holder(cast.event, VISITOR) is None
    assert find_holder(cast.event, VISITOR, "RIEN22") is None
    assert find_holder(cast.other, VISITOR, seat.code) is None
