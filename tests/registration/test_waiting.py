from datetime import timedelta

import pytest

from encommun.foundation.actor import VISITOR, Actor
from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.registration import refusals
from encommun.registration.commands import (
    cancel_booking,
    join_waiting,
    leave_waiting,
    resize_quota,
    serve_waiting,
    take_offer,
)
from encommun.registration.models import PassType, Quota, Waiting
from encommun.registration.queries import offer_of, place_in_queue, what_does_not_hold
from encommun.registration.rules import OFFER_LASTS, WAITING_LINK
from tests.cast import NOW
from tests.registration.desk import book, holder_of, one_day, open_sale, two_days


@pytest.fixture
def event(cast):
    open_sale(cast.event, places=3)
    return cast.event


@pytest.fixture(autouse=True)
def everything_holds(db):
    yield
    assert [*what_does_not_hold()] == []


def wait(event, email="anne@x.example", **more):
    asked = {"pass_type": "deux-jours", "name": "Anne", "email": email, "actor": VISITOR, "at": NOW}
    return join_waiting(event, **(asked | more))


def me(waiting):
    return Actor(links=frozenset({(WAITING_LINK, waiting.code)}))


def taken(event):
    return list(Quota.objects.filter(event=event).values_list("taken", flat=True))


@pytest.mark.parametrize(
    "asked, refusal",
    [
        ({"pass_type": "inconnu"}, refusals.UnknownPass),
        ({"pass_type": "un-jour"}, refusals.UnknownPass),
        ({"places": 0}, refusals.WrongNumberOfPasses),
        ({"places": 11}, refusals.WrongNumberOfPasses),
        ({"email": "anne"}, refusals.MissingDetails),
        ({"name": ""}, refusals.MissingDetails),
        ({"at": NOW + timedelta(days=90)}, refusals.SaleClosed),
        ({}, refusals.PlacesAreFree),
    ],
)
def test_who_cannot_wait_is_told_why(event, asked, refusal):
    with pytest.raises(refusal):
        wait(event, **asked)
    assert Waiting.objects.count() == 0


def test_joining_twice_keeps_the_place_in_the_queue(event):
    book(event, two_days(3))
    first, second = wait(event), wait(event, "brice@x.example")
    assert wait(event).pk == first.pk
    assert [place_in_queue(one) for one in (first, second)] == [1, 2]


def test_a_freed_place_goes_to_the_first_who_waits_and_not_to_the_public(event, cast):
    booking = book(event, two_days(3))
    first, second = wait(event), wait(event, "brice@x.example")
    cancel_booking(booking, actor=holder_of(booking), at=NOW)
    with pytest.raises(refusals.SoldOut):
        book(event, two_days(1))
    assert offer_of(event, NOW)[0][1].availability == "full"
    assert (serve_waiting(at=NOW), serve_waiting(at=NOW), taken(event)) == (2, 0, [2, 2])
    book(event, two_days(1))  # nobody waits any more: the last place is for everybody
    first.refresh_from_db()
    assert (first.state, first.offer_until, place_in_queue(first)) == ("offered", NOW + OFFER_LASTS, 0)
    with pytest.raises(NotAllowed):
        take_offer(first, event=event, payment_method="card", actor=VISITOR, at=NOW)
    taken_now = take_offer(first, event=event, payment_method="transfer", actor=me(first), at=NOW)
    assert (taken_now.state, taken_now.seats.count(), taken(event)) == ("held", 1, [3, 3])
    with pytest.raises(refusals.NotWaiting):
        take_offer(first, event=event, payment_method="transfer", actor=me(first), at=NOW)
    second.refresh_from_db()
    late = NOW + OFFER_LASTS
    with pytest.raises(refusals.OfferOver):
        take_offer(second, event=event, payment_method="transfer", actor=me(second), at=late)
    serve_waiting(at=late)
    second.refresh_from_db()
    assert (second.state, taken(event)) == ("missed", [2, 2])
    assert Entry.objects.filter(kind="registration.places_offered").count() == 2


def test_a_group_keeps_its_place_while_smaller_ones_are_served(event, cast):
    three = book(event, two_days(2)), book(event, two_days(1))
    group, single = wait(event, places=3), wait(event, "brice@x.example")
    cancel_booking(three[1], actor=holder_of(three[1]), at=NOW)
    assert serve_waiting(at=NOW) == 1
    single.refresh_from_db()
    assert (single.state, place_in_queue(group)) == ("offered", 1)
    leave_waiting(single, actor=me(single), at=NOW)
    resize_quota(event, day=event.days[0], size=5, actor=cast.actor("farid"), at=NOW)
    resize_quota(event, day=event.days[1], size=5, actor=cast.actor("farid"), at=NOW)
    assert serve_waiting(at=NOW) == 1
    group.refresh_from_db()
    assert (group.state, taken(event)) == ("offered", [5, 5])
    booking = take_offer(group, event=event, payment_method="card", actor=me(group), at=NOW)
    assert (booking.seats.count(), booking.total_cents) == (3, 18000)
    with pytest.raises(refusals.NotWaiting):
        leave_waiting(group, actor=me(group), at=NOW)


def test_waiting_for_one_day_does_not_close_the_other(event):
    book(event, [one_day(event, 1)] * 3)
    wait(event)  # both days: only the second one is wanting
    book(event, [one_day(event, 0)] * 2)
    assert list(Quota.objects.filter(event=event).values_list("is_awaited", flat=True)) == [False, True]


def test_who_leaves_opens_the_sale_again(event):
    booking = book(event, two_days(3))
    waiting = wait(event)
    with pytest.raises(NotAllowed):
        leave_waiting(waiting, actor=VISITOR, at=NOW)
    leave_waiting(waiting, actor=me(waiting), at=NOW)
    cancel_booking(booking, actor=holder_of(booking), at=NOW)
    assert serve_waiting(at=NOW) == 0
    book(event, two_days(3))


def test_a_free_pass_is_confirmed_by_taking_the_offer(event):
    PassType.objects.update(price_cents=0)
    booking = book(event, two_days(3))
    waiting = wait(event)
    cancel_booking(booking, reason="Essai", actor=Actor(roles=frozenset({(event.pk, "registration")})), at=NOW)
    serve_waiting(at=NOW)
    assert take_offer(waiting, event=event, payment_method="", actor=me(waiting), at=NOW).state == "confirmed"
