"""The last use of a code, the last cents of the fund, the last places of a shared quota: wanted by many at the same moment."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from encommun.foundation.actor import SYSTEM, Actor
from encommun.registration.commands import (
    QuotaText,
    VoucherText,
    cancel_booking,
    change_day,
    compose_quota,
    confirm_booking,
    join_waiting,
    lapse_holds,
    make_voucher,
    serve_waiting,
    set_fund,
)
from encommun.registration.models import Booking, Claim, Fund, PassType, Quota, Seat, Voucher, VoucherUse
from encommun.registration.queries import what_does_not_hold
from encommun.registration.rules import BOOKING_LINK
from tests.cast import NOW, make_cast
from tests.registration.desk import book, one_day, open_sale, two_days
from tests.registration.test_races import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    made = make_cast()
    open_sale(made.event, places=40)
    return made


@pytest.fixture
def make(cast):
    return lambda **asked: make_voucher(
        cast.event, VoucherText(**({"kind": "share", "value": 20} | asked)), actor=cast.actor("farid"), at=NOW
    )


def holder(booking):
    return Actor(links=frozenset({(BOOKING_LINK, booking.code)}))


def test_the_last_use_of_a_code_is_for_one_of_three(cast, make):
    voucher = make(uses=1)
    outcomes = all_at_once(*[lambda: book(cast.event, voucher=voucher.code)] * 3)
    assert outcomes == {"booked": 1, "sold out": 2}
    assert (Booking.objects.count(), Voucher.objects.get().used, [*what_does_not_hold()]) == (1, 1, [])


def test_without_the_condition_of_the_statement_the_same_run_overuses_or_breaks(cast, make, monkeypatch):
    """The mutant looks, then counts: the constraint of the database stands behind it."""
    voucher = make(uses=1)
    meeting = threading.Barrier(3)

    def claim(pk, uses, at):
        left = Voucher.objects.get(pk=pk).left
        if connection.vendor == "postgresql":
            meeting.wait(30)
        if left < uses:
            return False
        Voucher.objects.filter(pk=pk).update(used=F("used") + uses)
        return True

    monkeypatch.setattr(Voucher.objects, "claim", claim)
    outcomes = all_at_once(*[lambda: book(cast.event, voucher=voucher.code)] * 3)
    refused_by_us = outcomes["sold out"]
    assert refused_by_us == (0 if connection.vendor == "postgresql" else 2)
    assert outcomes["refused by the database"] == (2 if connection.vendor == "postgresql" else 0)


def test_without_the_release_a_lapsed_basket_would_keep_its_code(cast, make, monkeypatch):
    """The other mutant: places come back and uses do not. The recount names it."""
    monkeypatch.setattr(
        "encommun.registration.commands.places.give_uses_back", lambda booking, seats, *, at: __import__("collections").Counter()
    )
    book(cast.event, voucher=make(uses=1).code)
    lapse_holds(at=NOW + timedelta(hours=1))
    assert any("still counts as a use" in sentence for sentence in what_does_not_hold())


def test_using_and_giving_back_at_the_same_moment_counts_each_use_once(cast, make):
    voucher = make(uses=3, passes=[2], reserves=True)
    held = [book(cast.event, voucher=voucher.code) for _n in range(3)]
    acts = [lambda one=one: cancel_booking(one, actor=holder(one), at=NOW) for one in held]
    acts += [lambda: lapse_holds(at=NOW + timedelta(hours=1))] * 2
    acts += [lambda: book(cast.event, voucher=voucher.code, at=NOW + timedelta(hours=2))] * 6
    outcomes = all_at_once(*acts)
    assert set(outcomes) <= {"booked", "sold out", "BookingLapsed"}
    assert [*what_does_not_hold()] == []
    assert Voucher.objects.get().used == VoucherUse.objects.filter(released_at=None).count() <= 3


def test_the_fund_pays_for_two_passes_and_not_for_a_third(cast, make):
    set_fund(cast.event, text={}, is_open=True, actor=cast.actor("farid"), at=NOW)
    confirm_booking(book(cast.event, forward_cents=12000), actor=SYSTEM, at=NOW)
    voucher = make(kind="fund", uses=9)
    outcomes = all_at_once(*[lambda: book(cast.event, voucher=voucher.code)] * 6)
    assert outcomes == {"booked": 2, "sold out": 4}
    assert (Fund.objects.get().left_cents, [*what_does_not_hold()]) == (0, [])


def test_passes_that_share_quotas_in_every_mixture_never_wait_in_a_ring(cast):
    event, farid = cast.event, cast.actor("farid")
    PassType.objects.update(is_paused=True)
    for asked in (
        QuotaText(kind="whole", name={"fr": "Tout"}, size=7),
        QuotaText(kind="venue", name={"fr": "Jeudi"}, size=5, day=event.days[0]),
        QuotaText(kind="venue", name={"fr": "Deux jours"}, size=3, passes=[2]),
    ):
        compose_quota(event, asked, actor=farid, at=NOW)
    PassType.objects.update(is_paused=False)
    mixed = [two_days(), [one_day(event, 1), one_day(event, 0)], [one_day(event, 0)], [one_day(event, 1), *two_days()]] * 4
    outcomes = all_at_once(*[lambda seats=seats: book(event, seats) for seats in mixed])
    assert set(outcomes) == {"booked", "sold out"}
    for quota in Quota.objects.all():
        assert Claim.objects.filter(quota=quota, released_at=None).count() == quota.taken <= quota.size
    assert [*what_does_not_hold()] == []


def test_changing_days_against_each_other_never_waits_in_a_ring(cast):
    event, farid = cast.event, cast.actor("farid")
    Quota.objects.update(size=8)
    for n in range(16):
        book(event, [one_day(event, n % 2)])
    Quota.objects.update(size=9)
    seats = list(Seat.objects.select_related("pass_type").order_by("pk"))

    def move(seat):
        change_day(seat, day=event.days[1] if seat.days == ["2018-09-13"] else event.days[0], actor=farid, at=NOW)

    outcomes = all_at_once(*[lambda seat=seat: move(seat) for seat in seats])
    assert set(outcomes) <= {"booked", "sold out"}
    assert [*what_does_not_hold()] == []
    assert sum(quota.taken for quota in Quota.objects.all()) == 16


def test_freed_places_go_to_those_who_wait_while_everybody_tries(cast):
    event = cast.event
    Quota.objects.update(size=4)
    held = [book(event, two_days(2)), book(event, two_days(2))]
    for n in range(4):
        asked = {"pass_type": "deux-jours", "name": "Anne", "email": f"a{n}@x.example", "actor": Actor(), "at": NOW}
        join_waiting(event, **asked)
    acts = [lambda one=one: cancel_booking(one, actor=holder(one), at=NOW) for one in held]
    acts += [lambda: book(event, two_days(1))] * 8
    outcomes = all_at_once(*acts)
    assert outcomes == {"booked": 2, "sold out": 8}  # the two that «booked» are the cancellations
    all_at_once(*[lambda: serve_waiting(at=NOW)] * 4)
    assert [*what_does_not_hold()] == []
    assert (event.waiting.filter(state="offered").count(), list(Quota.objects.values_list("taken", flat=True))) == (4, [4, 4])
