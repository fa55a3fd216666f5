"""Codes, the fund and prices in words, as they are used in bookings."""

from datetime import timedelta

import pytest

from encommun.foundation.actor import SYSTEM
from encommun.registration import refusals
from encommun.registration.commands import (
    PassText,
    QuotaText,
    SeatWish,
    VoucherText,
    cancel_booking,
    compose_pass,
    compose_quota,
    confirm_booking,
    lapse_holds,
    make_voucher,
    see_right,
    set_fund,
    withdraw_voucher,
)
from encommun.registration.models import Booking, Fund, PassType, Quota, Reserve, Voucher, VoucherUse
from encommun.registration.queries import fund_of, what_does_not_hold
from tests.cast import NOW
from tests.registration.desk import book, holder_of, one_day, open_sale, two_days

ONE, BOTH = 1, 2
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def event(cast):
    open_sale(cast.event, places=6)
    return cast.event


@pytest.fixture
def make(event, cast):
    return lambda **asked: make_voucher(
        event, VoucherText(**({"kind": "share", "value": 20} | asked)), actor=cast.actor("farid"), at=NOW
    )


def taken(event):
    return list(Quota.objects.filter(event=event, kind="day").values_list("taken", flat=True))


def used(voucher):
    return Voucher.objects.get(pk=voucher.pk).used


@pytest.fixture(autouse=True)
def everything_holds(db):
    yield
    assert [*what_does_not_hold()] == []


def test_a_code_lowers_as_many_passes_as_it_may_still_serve_the_dearest_first(event, make):
    voucher = make(uses=2)
    booking = book(event, [one_day(event), *two_days(2)], voucher=f" {voucher.code.lower()} ")
    prices = [(seat.price_cents, seat.off_cents) for seat in booking.seats.order_by("pk")]
    assert (prices, booking.total_cents, used(voucher)) == ([(3500, 0), (4800, 1200), (4800, 1200)], 13100, 2)
    with pytest.raises(refusals.VoucherUsedUp):
        book(event, voucher=voucher.code)


def test_codes_that_do_not_fit_are_refused_and_nothing_is_booked(event, make, cast):
    only = make(passes=[ONE])
    late = make(valid_from=LATER)
    gone = make()
    withdraw_voucher(gone, actor=cast.actor("farid"), at=NOW)
    for code, refusal in (
        (only.code, refusals.VoucherDoesNotFit),
        (late.code, refusals.UnknownVoucher),
        (gone.code, refusals.UnknownVoucher),
        ("NOSUCH", refusals.UnknownVoucher),
    ):
        with pytest.raises(refusal):
            book(event, voucher=code)
    assert (Booking.objects.count(), taken(event)) == (0, [0, 0])


def test_a_lapsed_or_cancelled_booking_gives_its_code_back_once(event, make):
    voucher = make(uses=1)
    lapsed = book(event, voucher=voucher.code)
    assert (used(voucher), lapse_holds(at=LATER), used(voucher), lapse_holds(at=LATER)) == (1, 1, 0, 0)
    cancelled = book(event, voucher=voucher.code)
    cancel_booking(cancelled, actor=holder_of(cancelled), at=NOW)
    assert (used(voucher), VoucherUse.objects.filter(released_at=None).count()) == (0, 0)
    confirm_booking(lapsed, actor=SYSTEM, at=LATER)  # paid a little late: the code serves again
    assert used(voucher) == 1
    assert VoucherUse.objects.get(released_at=None).off_cents == 1200


def test_paid_late_when_the_code_went_to_another_the_booking_stays_lapsed(event, make):
    voucher = make(uses=1)
    late = book(event, voucher=voucher.code)
    lapse_holds(at=LATER)
    book(event, voucher=voucher.code)
    with pytest.raises(refusals.SoldOut):  # what «settle» refunds
        confirm_booking(late, actor=SYSTEM, at=LATER)
    late.refresh_from_db()
    assert late.state == "lapsed"


def test_kept_places_are_counted_once_in_a_basket_and_kept_again_after_it(event, make):
    voucher = make(uses=4, passes=[BOTH], reserves=True)
    assert taken(event) == [4, 4]
    with pytest.raises(refusals.SoldOut):
        book(event, two_days(3))
    booking = book(event, two_days(3), voucher=voucher.code)
    assert (taken(event), [one.places for one in Reserve.objects.all()]) == ([4, 4], [1, 1])
    more = book(event, two_days(3), voucher=voucher.code)  # one kept place, two of everybody
    assert (taken(event), [one.places for one in Reserve.objects.all()]) == ([6, 6], [0, 0])
    lapse_holds(at=LATER)
    assert (taken(event), [one.places for one in Reserve.objects.all()], used(voucher)) == ([4, 4], [4, 4], 0)
    assert {booking.state, more.state} == {"held"}


def test_a_pass_for_codes_is_opened_by_its_code_only(event, make, cast):
    sale = {"on_sale_from": NOW - timedelta(days=1), "on_sale_until": LATER}
    text = PassText(name={"fr": "Pass des bénévoles"}, price_cents=1000, offered="code", **sale)
    hidden = compose_pass(event, text, actor=cast.actor("farid"), at=NOW)
    wish = [SeatWish(pass_type=hidden.slug)]
    with pytest.raises(refusals.PassNeedsCode):
        book(event, wish)
    with pytest.raises(refusals.PassNeedsCode):
        book(event, wish, voucher=make(kind="open", value=0).code)
    assert book(event, wish, voucher=make(kind="open", value=0, passes=[hidden.number]).code).total_cents == 1000


def test_a_basket_keeps_to_the_least_and_the_most_of_each_pass(event):
    PassType.objects.filter(slug="deux-jours").update(min_per_booking=2, max_per_booking=3)
    for count in (1, 4):
        with pytest.raises(refusals.NumberOfThisPass):
            book(event, two_days(count))
    assert book(event, two_days(2)).total_cents == 12000


def test_prices_in_words_are_kept_with_the_pass(event, cast):
    PassType.objects.filter(slug="deux-jours").update(pricing="scale", low_cents=2000, high_cents=9000)
    wishes = [SeatWish(pass_type="deux-jours", tariff=tariff) for tariff in ("low", "fair", "high")]
    booking = book(event, wishes)
    assert [(seat.tariff, seat.price_cents) for seat in booking.seats.order_by("pk")] == [
        ("low", 2000),
        ("fair", 6000),
        ("high", 9000),
    ]
    with pytest.raises(refusals.WrongPrice):
        book(event, [SeatWish(pass_type="deux-jours")])
    PassType.objects.filter(slug="un-jour").update(pricing="free", low_cents=1000)
    for cents in (None, 999, -1):
        with pytest.raises(refusals.WrongPrice):
            book(event, [one_day(event, price_cents=cents)])
    assert book(event, [one_day(event, price_cents=1000)]).total_cents == 1000


def test_a_gift_joins_the_fund_when_it_is_paid_and_a_code_draws_from_it(event, cast, make):
    with pytest.raises(refusals.FundClosed):
        book(event, forward_cents=500)
    set_fund(event, text={}, is_open=True, actor=cast.actor("farid"), at=NOW)
    with pytest.raises(refusals.WrongPrice):
        book(event, forward_cents=-5)
    giver = book(event, [one_day(event)], forward_cents=6500)
    assert (giver.total_cents, Fund.objects.get().given_cents) == (10000, 0)
    confirm_booking(giver, actor=SYSTEM, at=NOW)
    voucher = make(kind="fund", uses=3)
    drawn = book(event, two_days(1), voucher=voucher.code)
    assert (drawn.state, drawn.total_cents, fund_of(event).fund.left_cents, fund_of(event).passes) == ("confirmed", 0, 500, 1)
    with pytest.raises(refusals.FundEmpty):
        book(event, [one_day(event)], voucher=voucher.code)
    cancel_booking(drawn, reason="Essai", actor=cast.actor("farid"), at=NOW)
    assert (fund_of(event).fund.left_cents, used(voucher)) == (6500, 0)
    cancel_booking(giver, reason="Essai", actor=cast.actor("farid"), at=NOW)
    giver.refresh_from_db()
    assert (giver.refund_cents, fund_of(event).fund.given_cents) == (3500, 6500)


def test_a_pass_takes_a_place_in_each_quota_that_counts_it(event, cast):
    PassType.objects.update(is_paused=True)
    hall = QuotaText(kind="venue", name={"fr": "Grande salle"}, size=3, passes=[BOTH])
    first = QuotaText(kind="whole", name={"fr": "Le jeudi soir"}, size=2, day=event.days[0])
    made = [compose_quota(event, one, actor=cast.actor("farid"), at=NOW) for one in (hall, first)]
    PassType.objects.update(is_paused=False)
    book(event, [*two_days(1), one_day(event, 0), one_day(event, 1)])
    assert [Quota.objects.get(pk=one.pk).taken for one in made] == [1, 2]
    with pytest.raises(refusals.SoldOut) as refused:
        book(event, two_days(1))
    assert "Le jeudi soir" in refused.value.sentence
    assert (taken(event), [Quota.objects.get(pk=one.pk).taken for one in made]) == ([2, 2], [1, 2])


def test_passes_that_count_nowhere_take_no_place(event):
    PassType.objects.filter(slug="un-jour").update(counts_in_quotas=False)
    book(event, [one_day(event)] * 9)
    assert taken(event) == [0, 0]


def test_a_right_is_seen_and_only_the_day_is_kept(event, cast):
    seat = book(event).seats.get()
    with pytest.raises(refusals.BookingEnded):
        see_right(seat, actor=cast.actor("driss"), at=NOW)
    PassType.objects.update(right={"fr": "en recherche d’emploi"})
    seat = type(seat).objects.get()
    assert see_right(seat, actor=cast.actor("driss"), at=NOW).right_seen_on == NOW.date()
