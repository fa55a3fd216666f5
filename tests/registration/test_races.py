"""Sixteen people want the last places at the same moment. And the same run without the guard, which must fail."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection

from encommun.foundation.actor import SYSTEM, VISITOR
from encommun.foundation.refusals import Refused
from encommun.journal.commands import once
from encommun.journal.models import IdempotentAnswer
from encommun.registration.commands import book_within, confirm_booking, lapse_holds
from encommun.registration.models import Booking, Claim, Left, Quota
from encommun.registration.queries import what_does_not_hold
from encommun.registration.refusals import SoldOut
from tests.cast import NOW, make_cast
from tests.registration.desk import book, one_day, open_sale, two_days

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 16
TYPED = {
    "buyer_name": "Chloé Martin",
    "email": "chloe@association.example",
    "payment_method": "transfer",
    "language": "fr",
    "actor": VISITOR,
}


@pytest.fixture
def event(transactional_db):
    cast = make_cast()
    open_sale(cast.event, places=5)
    return cast.event


def all_at_once(*acts):
    """Run every act in a thread of its own, all starting together; how often each outcome came."""
    gate, outcomes = threading.Barrier(len(acts)), []

    def one(act):
        try:
            gate.wait()
            act()
            outcomes.append("booked")
        except SoldOut:
            outcomes.append("sold out")
        except Refused as refused:
            outcomes.append(type(refused).__name__)
        except IntegrityError:
            outcomes.append("refused by the database")
        except DatabaseError as error:  # a deadlock, a lock that never came: never wanted
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return Counter(outcomes)


def live(event):
    return [Claim.objects.filter(quota=quota, released_at=None).count() for quota in Quota.objects.filter(event=event)]


def test_five_places_for_sixteen_people(event):
    outcomes = all_at_once(*[lambda: book(event)] * PEOPLE)
    assert outcomes == {"booked": 5, "sold out": 11}
    assert live(event) == [5, 5]
    assert [*what_does_not_hold()] == []


def one_by_one(event, seen):
    """Calls with a key of their own each, whose transactions end in their last message."""

    def call(n):
        def act():
            return {"code": book_within(event, seats=two_days(), at=NOW, **TYPED).code}

        seen.append(once("race", f"key-{n}", "", at=NOW, act=act, in_one_message=True))

    return [lambda n=n: call(n) for n in range(PEOPLE)]


def test_five_places_for_sixteen_calls_that_all_take_them_for_sure(event, monkeypatch):
    """What was read a moment ago said that there were many places: the database itself refuses, then each is told the truth."""
    monkeypatch.setattr(Quota, "is_far_from_words", lambda _self, _places: True)
    seen = []
    assert all_at_once(*one_by_one(event, seen)) == {"booked": 5, "sold out": 11}
    assert (live(event), Booking.objects.count(), len({answer["code"] for answer, _now in seen})) == ([5, 5], 5, 5)
    assert [*what_does_not_hold()] == []


def test_places_kept_for_those_who_wait_are_not_taken_for_sure(event, monkeypatch):
    monkeypatch.setattr(Quota, "is_far_from_words", lambda _self, _places: True)
    Quota.objects.filter(event=event).update(is_awaited=True)
    assert all_at_once(*one_by_one(event, [])) == {"sold out": PEOPLE}
    assert (live(event), Booking.objects.count(), IdempotentAnswer.objects.count()) == ([0, 0], 0, 0)


def test_one_call_sent_sixteen_times_books_once(event):
    seen = []
    assert all_at_once(*[one_by_one(event, seen)[0]] * PEOPLE) == {"booked": PEOPLE}
    assert (Booking.objects.count(), len({answer["code"] for answer, _now in seen})) == (1, 1)
    assert [now for _answer, now in seen].count(True) == 1
    assert [*what_does_not_hold()] == []


def test_passes_of_one_day_and_of_both_never_wait_in_a_ring(event):
    first, second, both = [one_day(event, 0)], [one_day(event, 1)], two_days()
    mixed = [[*second, *first], both, first, second] * 4
    outcomes = all_at_once(*[lambda seats=seats: book(event, seats) for seats in mixed])
    assert set(outcomes) <= {"booked", "sold out"}
    assert max(live(event)) == 5
    assert [*what_does_not_hold()] == []


def test_two_late_payments_and_a_new_booking_for_the_last_places(event):
    late = [book(event, two_days(2)) for _n in range(2)]
    later = NOW + timedelta(hours=1)
    lapse_holds(at=later)
    book(event, two_days(2), at=later)
    acts = [lambda one=one: confirm_booking(one, actor=SYSTEM, at=later) for one in late]
    outcomes = all_at_once(*acts, *[lambda: book(event, two_days(2), at=later)] * 6)
    assert outcomes == {"booked": 1, "sold out": 7}
    assert live(event) == [4, 4]


def test_lapsing_by_many_workers_frees_each_place_once(event):
    for _n in range(5):
        book(event)
    all_at_once(*[lambda: lapse_holds(at=NOW + timedelta(hours=1))] * 6)
    assert (live(event), list(Quota.objects.filter(event=event).values_list("taken", flat=True))) == ([0, 0], [0, 0])


def count_then_insert(rendezvous):
    """The mutant: what everybody writes first. Look whether there is a place, then take it."""

    def claim(pk, places, then):
        quota = Quota.objects.get(pk=pk)
        others = Claim.objects.filter(quota=quota, released_at=None).count()
        rendezvous()
        if others + places > quota.size:
            then(None)
        else:
            then(Left(taken=others + places, size=quota.size, change=places))

    return claim


def test_without_the_guard_the_same_run_oversells(event, monkeypatch):
    """So the tests above can fail. On SQLite there is one writer at a time: the counter's own drift betrays the mutant."""
    few = 8  # as many as hold a connection at the same time: the pool has ten
    meeting = threading.Barrier(few)

    def rendezvous():
        if connection.vendor == "postgresql":  # everybody has looked before anybody takes
            meeting.wait(30)

    monkeypatch.setattr(Quota.objects, "claim_then", count_then_insert(rendezvous))
    all_at_once(*[lambda: book(event, [one_day(event)])] * few)
    oversold = live(event)[0] > 5
    drift = [*what_does_not_hold()]
    assert drift
    assert oversold == (connection.vendor == "postgresql")


def test_without_the_condition_the_database_refuses(event, monkeypatch):
    """The CHECK constraint stands behind the statement."""

    def claim(pk, places, then):
        Quota.objects._change(pk, places, "", [], then)

    monkeypatch.setattr(Quota.objects, "claim_then", claim)
    outcomes = all_at_once(*[lambda: book(event)] * PEOPLE)
    assert outcomes == {"booked": 5, "refused by the database": 11}
