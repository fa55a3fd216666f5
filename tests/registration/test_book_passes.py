from datetime import date, timedelta

import pytest
from django.db import IntegrityError

from encommun.foundation.actor import VISITOR
from encommun.journal.commands import once
from encommun.journal.models import Entry, PublicStamp
from encommun.registration import refusals
from encommun.registration.commands import SeatWish
from encommun.registration.models import Booking, Claim, Quota, Seat
from tests.cast import NOW
from tests.registration.desk import book, one_day, open_sale, two_days


@pytest.mark.parametrize(
    "asked, refusal",
    [
        ({"seats": []}, refusals.WrongNumberOfPasses),
        ({"seats": two_days(61)}, refusals.WrongNumberOfPasses),
        ({"seats": [SeatWish(pass_type="inconnu")]}, refusals.UnknownPass),
        ({"seats": [SeatWish(pass_type="un-jour")]}, refusals.UnknownPass),
        ({"seats": [SeatWish(pass_type="un-jour", day=date(2018, 9, 15))]}, refusals.UnknownPass),
        ({"payment_method": "shells"}, refusals.UnknownPaymentMethod),
        ({"email": "not an address"}, refusals.MissingDetails),
        ({"buyer_name": " \u200b "}, refusals.MissingDetails),
        ({"seats": two_days(holder_email="nobody")}, refusals.MissingDetails),
        ({"at": NOW - timedelta(days=31)}, refusals.NotOnSaleYet),
        ({"at": NOW + timedelta(days=61)}, refusals.SaleClosed),
    ],
)
def test_what_is_refused_books_nothing(cast, asked, refusal):
    open_sale(cast.event)
    with pytest.raises(refusal):
        book(cast.event, **asked)
    assert (Booking.objects.count(), Claim.objects.count()) == (0, 0)


def test_an_event_without_passes_says_so(cast):
    with pytest.raises(refusals.NothingOnSale):
        book(cast.event)


def test_when_one_of_the_two_days_is_full_nothing_of_the_booking_stays(cast):
    open_sale(cast.event, places=2)
    book(cast.event, [one_day(cast.event, 1), one_day(cast.event, 1)])
    with pytest.raises(refusals.SoldOut):
        book(cast.event, two_days())
    assert list(Quota.objects.filter(event=cast.event).values_list("taken", flat=True)) == [0, 2]
    assert Booking.objects.count() == 1


def test_a_booking_by_card_holds_its_places_for_a_quarter_of_an_hour(cast):
    open_sale(cast.event)
    booking = book(cast.event, [*two_days(), one_day(cast.event, 1, holder_name=" Anne   Petit ")], structure="Mairie de Rezé")
    assert (booking.state, booking.total_cents, booking.held_until) == ("held", 9500, NOW + timedelta(minutes=15))
    assert list(Quota.objects.filter(event=cast.event).values_list("taken", flat=True)) == [1, 2]
    seats = list(Seat.objects.order_by("pk").values_list("days", "price_cents", "holder_name"))
    assert seats == [(["2018-09-13", "2018-09-14"], 6000, ""), (["2018-09-14"], 3500, "Anne Petit")]
    entry = Entry.objects.get(kind="registration.passes_booked")
    assert entry.facts == {"seats": 2, "total_cents": 9500, "method": "card"}
    assert entry.about == f"registration.Booking:{booking.code}"


def test_a_transfer_does_not_lapse(cast):
    open_sale(cast.event)
    assert book(cast.event, payment_method="transfer").held_until is None


def test_a_free_booking_is_confirmed_at_once(cast):
    open_sale(cast.event)
    cast.event.pass_types.update(price_cents=0)
    booking = book(cast.event, payment_method="")
    assert (booking.state, booking.payment_method, booking.confirmed_at) == ("confirmed", "free", NOW)
    assert Entry.objects.filter(kind="registration.booking_confirmed").count() == 1


def test_the_public_page_is_drawn_again_only_when_its_words_change(cast):
    open_sale(cast.event, places=20)

    def stamp():
        return PublicStamp.objects.get(event_id=cast.event.pk).stamp

    first = stamp()
    book(cast.event, [one_day(cast.event)] * 10)
    assert stamp() == first
    book(cast.event, [one_day(cast.event)] * 9)  # one left: last places
    assert stamp() == first + 1
    book(cast.event, [one_day(cast.event)])  # full
    assert stamp() == first + 2


def test_the_same_key_books_once(cast):
    open_sale(cast.event)

    def act():
        return {"code": book(cast.event).code}

    first, ran = once("test", "key", {"a": 1}, at=NOW, act=act)
    again, ran_again = once("test", "key", {"a": 1}, at=NOW, act=act)
    assert (first, ran, ran_again) == (again, True, False)
    assert Booking.objects.count() == 1


def test_one_pass_takes_few_statements(cast, django_assert_max_num_queries):
    open_sale(cast.event)
    seats = [one_day(cast.event)]
    with django_assert_max_num_queries(10):  # savepoint, passes, booking, seats, journal, quotas, claims, claim, release
        book(cast.event, seats)
    with django_assert_max_num_queries(11):  # ten passes on two days: one claim a day, and no other statement more
        book(cast.event, two_days(10))


def test_the_database_itself_refuses_a_place_too_many(cast):
    open_sale(cast.event, places=1)
    quota = Quota.objects.filter(event=cast.event).first()
    assert Quota.objects.claim(quota.pk, 2) is None
    with pytest.raises(IntegrityError):
        Quota.objects.filter(pk=quota.pk).update(taken=2)


def test_somebody_signed_in_keeps_the_booking_with_her_account(cast):
    open_sale(cast.event)
    assert book(cast.event, actor=cast.actor("chloe")).account == cast.chloe
    assert book(cast.event, actor=VISITOR).account is None
