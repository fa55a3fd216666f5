"""Any order of events: passes are booked with and without codes, paid, handed back one by one or whole, waited for and offered.

After each step every counter is the sum of its rows, no quota and no code is oversold, and the queue is served in its order.
Each machine is run again with its guard taken out, and must then fail.
"""

from collections import Counter
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from encommun.foundation.actor import SYSTEM, VISITOR, Actor
from encommun.foundation.refusals import Refused
from encommun.registration import refusals
from encommun.registration.commands import (
    QuotaText,
    VoucherText,
    cancel_booking,
    cancel_seat,
    change_day,
    compose_quota,
    confirm_booking,
    join_waiting,
    lapse_holds,
    leave_waiting,
    make_voucher,
    resize_quota,
    serve_waiting,
    set_fund,
    set_terms,
    take_offer,
    withdraw_voucher,
)
from encommun.registration.models import Booking, Claim, Fund, Left, Quota, Reserve, Seat, Voucher, VoucherUse, Waiting
from encommun.registration.queries import place_in_queue, what_does_not_hold
from encommun.registration.rules import WAITING_LINK
from tests.cast import NOW, make_cast
from tests.registration.desk import book, holder_of, one_day, open_sale, two_days

LIVING = ("held", "confirmed")

# ruff: noqa: PT017 a refusal is one of the outcomes here


class Desk(RuleBasedStateMachine):
    """One gathering of three places a day, and a smaller quota beside them."""

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.cast = make_cast()
        self.event, self.at = self.cast.event, NOW
        self.farid = self.cast.actor("farid")
        open_sale(self.event, places=3, at=NOW - timedelta(days=20))
        before = NOW - timedelta(days=55)  # quotas are composed before the sale
        number = self.event.pass_types.get(slug="deux-jours").number
        both = QuotaText(kind="whole", name={"fr": "Deux jours"}, size=2, passes=[number])
        compose_quota(self.event, both, actor=self.farid, at=before)
        steps = [(NOW + timedelta(days=3), 100), (NOW + timedelta(days=30), 50)]
        set_terms(self.event, change_until=NOW + timedelta(days=30), refunds=steps, actor=self.farid, at=NOW)
        self.compose()

    def compose(self):
        """What a machine needs beside."""

    def follow(self):
        """What the worker does when places came back."""

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def act(self, *codes, act):
        """Do it, in a transaction that a refusal undoes; only these refusals are expected."""
        try:
            with transaction.atomic():
                return act()
        except Refused as refused:
            assert refused.code in codes, refused.code
            return None

    def bookings(self, *states):
        found = Booking.objects.filter(event=self.event)
        return list((found.filter(state__in=states) if states else found).order_by("pk"))

    def seats(self):
        return list(Seat.objects.filter(booking__state="confirmed").select_related("booking", "pass_type").order_by("pk"))

    def wishes(self, kind, count):
        return two_days(count) if kind == "both" else [one_day(self.event, int(kind))] * count

    @invariant()
    def every_counter_is_the_sum_of_its_rows(self):
        assert [*what_does_not_hold()] == []
        for quota in Quota.objects.filter(event=self.event):
            live = Claim.objects.filter(quota=quota, released_at=None).count()
            kept = sum(Reserve.objects.filter(quota=quota).values_list("places", flat=True))
            assert live + kept == quota.taken <= quota.size

    @invariant()
    def living_passes_hold_their_days_and_others_nothing(self):
        for seat in Seat.everything.select_related("booking", "pass_type"):
            held = Claim.objects.filter(seat=seat, released_at=None).count()
            lives = seat.booking.state in LIVING and seat.cancelled_at is None
            assert held == (len(seat.days) + (seat.pass_type.slug == "deux-jours") if lives else 0)


class Bookings(Desk):
    """Passes without codes."""

    @rule(kind=st.sampled_from(["0", "1", "both"]), count=st.integers(1, 3))
    def somebody_books(self, kind, count):
        self.act("sold_out", act=lambda: book(self.event, self.wishes(kind, count), at=self.at))

    @precondition(lambda self: self.bookings("held", "lapsed"))
    @rule(data=st.data())
    def money_comes(self, data):
        booking = data.draw(st.sampled_from(self.bookings("held", "lapsed")))
        self.act("sold_out", act=lambda: confirm_booking(booking, actor=SYSTEM, at=self.at))

    @rule(minutes=st.sampled_from([5, 20, 2000]))
    def time_passes(self, minutes):
        self.at += timedelta(minutes=minutes)
        lapse_holds(at=self.at)
        self.follow()

    @precondition(lambda self: self.bookings(*LIVING))
    @rule(data=st.data(), by_team=st.booleans())
    def a_booking_is_cancelled(self, data, by_team):
        booking = data.draw(st.sampled_from(self.bookings(*LIVING)))
        actor = self.farid if by_team else holder_of(booking)
        self.act("too_late_to_cancel", act=lambda: cancel_booking(booking, reason="Non", actor=actor, at=self.at))
        self.follow()

    @precondition(lambda self: self.seats())
    @rule(data=st.data())
    def one_pass_is_cancelled(self, data):
        seat = data.draw(st.sampled_from(self.seats()))
        before = seat.booking.total_cents
        gone = self.act("last_pass", "too_late_to_cancel", act=lambda: cancel_seat(seat, actor=self.farid, at=self.at))
        after = Booking.objects.get(pk=seat.booking_id).total_cents
        assert after == (before - seat.price_cents if gone else before)
        self.follow()

    @precondition(lambda self: self.seats())
    @rule(data=st.data(), n=st.integers(0, 1))
    def somebody_changes_her_day(self, data, n):
        seat = data.draw(st.sampled_from(self.seats()))
        self.act(
            "sold_out",
            "same_day",
            "day_not_chosen",
            act=lambda: change_day(seat, day=self.event.days[n], actor=self.farid, at=self.at),
        )

    @rule(n=st.integers(0, 1), size=st.integers(0, 5))
    def the_team_changes_a_size(self, n, size):
        resize_quota(self.event, day=self.event.days[n], size=size, actor=self.farid, at=self.at)


class Codes(Bookings):
    """The same with codes: one takes a share off twice, one keeps two places, one draws from the fund."""

    def compose(self):
        two = self.event.pass_types.get(slug="deux-jours").number
        set_fund(self.event, text={}, is_open=True, actor=self.farid, at=NOW)
        Fund.objects.filter(event=self.event).update(given_cents=0)
        for asked in (
            VoucherText(kind="share", value=30, uses=2, code="TIERS"),
            VoucherText(kind="open", uses=1, code="GARDE", passes=[two], reserves=True, valid_until=NOW + timedelta(days=2)),
            VoucherText(kind="fund", uses=5, code="FONDS"),
        ):
            make_voucher(self.event, asked, actor=self.farid, at=NOW)

    @rule(code=st.sampled_from(["TIERS", "GARDE", "FONDS"]), kind=st.sampled_from(["0", "both"]), count=st.integers(1, 3))
    def somebody_books_with_a_code(self, code, kind, count):
        expected = ("sold_out", "voucher_used_up", "voucher_does_not_fit", "unknown_voucher", "fund_empty")
        booking = self.act(*expected, act=lambda: book(self.event, self.wishes(kind, count), voucher=code, at=self.at))
        if booking and code == "TIERS":
            assert {seat.off_cents for seat in booking.seats.all()} <= {0, 1050, 1800}

    @rule(code=st.sampled_from(["TIERS", "FONDS"]))
    def somebody_pays_too_late(self, code):
        expected = ("sold_out", "voucher_used_up", "unknown_voucher", "fund_empty")
        late = self.act(*expected, act=lambda: book(self.event, self.wishes("0", 1), voucher=code, at=self.at))
        self.time_passes(20)
        if late and late.state == "held":
            self.act(*expected, act=lambda: confirm_booking(late, actor=SYSTEM, at=self.at))

    @rule(cents=st.sampled_from([3500, 6000]))
    def somebody_pays_forward(self, cents):
        given = self.act("sold_out", act=lambda: book(self.event, self.wishes("0", 1), forward_cents=cents, at=self.at))
        if given:
            confirm_booking(given, actor=SYSTEM, at=self.at)

    @rule(code=st.sampled_from(["TIERS", "GARDE"]))
    def the_team_withdraws_a_code(self, code):
        withdraw_voucher(Voucher.objects.get(event=self.event, code=code), actor=self.farid, at=self.at)

    @precondition(lambda self: self.bookings("held", "lapsed"))
    @rule(data=st.data())
    def money_comes(self, data):
        booking = data.draw(st.sampled_from(self.bookings("held", "lapsed")))
        expected = ("sold_out", "voucher_used_up", "fund_empty")
        self.act(*expected, act=lambda: confirm_booking(booking, actor=SYSTEM, at=self.at))

    @invariant()
    def no_code_serves_more_than_it_may(self):
        for voucher in Voucher.objects.filter(event=self.event):
            assert VoucherUse.objects.filter(voucher=voucher, released_at=None).count() == voucher.used <= voucher.uses
        fund = Fund.objects.get(event=self.event)
        assert 0 <= fund.drawn_cents <= fund.given_cents


class Queue(Bookings):
    """The same with people who wait."""

    count = 0

    def compose(self):
        """Everything is full from the beginning, and two wait."""
        for wishes in (two_days(1), two_days(1), [one_day(self.event, 0), one_day(self.event, 1)]):
            confirm_booking(book(self.event, wishes, at=self.at), actor=SYSTEM, at=self.at)
        for _n in range(2):
            self.somebody_waits_for("deux-jours", 1)

    def waiting(self, *states):
        return list(
            Waiting.objects.filter(event=self.event, state__in=states).select_related("pass_type").order_by("joined_at", "pk")
        )

    @rule(kind=st.sampled_from(["un-jour", "deux-jours"]), places=st.integers(1, 2))
    def somebody_waits(self, kind, places):
        self.somebody_waits_for(kind, places)

    def somebody_waits_for(self, kind, places):
        self.count += 1
        self.at += timedelta(seconds=1)
        day = self.event.days[0] if kind == "un-jour" else None
        asked = {"pass_type": kind, "day": day, "places": places, "name": "Nour", "email": f"nour{self.count}@x.example"}
        self.act("places_are_free", act=lambda: join_waiting(self.event, **asked, actor=VISITOR, at=self.at))

    def follow(self):
        before = self.waiting("waiting")
        serve_waiting(at=self.at)
        still = self.waiting("waiting")
        for one in self.waiting("offered"):  # nobody is served before somebody who waits for as few of the same
            mine = (one.pass_type_id, one.day)
            assert not [
                other
                for other in still
                if (other.pass_type_id, other.day) == mine
                and other.places <= one.places
                and one in before
                and other.joined_at < one.joined_at
            ]

    @precondition(lambda self: self.waiting("waiting", "offered"))
    @rule(data=st.data())
    def somebody_leaves(self, data):
        one = data.draw(st.sampled_from(self.waiting("waiting", "offered")))
        leave_waiting(one, actor=self.secret(one), at=self.at)

    @precondition(lambda self: self.waiting("offered"))
    @rule(data=st.data())
    def an_offer_is_taken(self, data):
        one = data.draw(st.sampled_from(self.waiting("offered")))
        taken = self.act(
            "offer_over",
            act=lambda: take_offer(one, event=self.event, payment_method="transfer", actor=self.secret(one), at=self.at),
        )
        assert (taken is not None) == (self.at < one.offer_until)  # never refused for want of a place

    def secret(self, one):
        return Actor(links=frozenset({(WAITING_LINK, one.code)}))

    @invariant()
    def the_queue_has_its_order_and_offers_their_places(self):
        for one in self.waiting("waiting"):
            same = [other for other in self.waiting("waiting") if (other.pass_type_id, other.day) == (one.pass_type_id, one.day)]
            assert place_in_queue(one) == same.index(one) + 1
        for one in Waiting.objects.filter(event=self.event):
            kept = set(Reserve.objects.filter(waiting=one).values_list("places", flat=True)) - {0}
            assert kept == ({one.places} if one.state == "offered" else set())


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
PHASES = [phase for phase in Phase if phase not in (Phase.shrink, Phase.explain)]  # a failing case is told as it is found


def run(machine, examples):
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=QUIET,
            phases=PHASES,
            database=None,
            derandomize=True,
        ),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("machine", [Bookings, Codes, Queue])
def test_any_order_of_events_keeps_every_place(machine, django_db_blocker):
    run(machine, 10)


def counted_without_condition(pk, places, then, **_more):
    """The mutant of bookings: the place is taken whether it is there or not, and the counter stops at the size."""
    quota = Quota.objects.get(pk=pk)
    Quota.objects.filter(pk=pk).update(taken=min(quota.taken + places, quota.size))
    then(Left(taken=min(quota.taken + places, quota.size), size=quota.size, change=places))


def no_rule(monkeypatch, name, mutant):
    module, _dot, what = name.rpartition(".")
    monkeypatch.setattr(import_module(f"encommun.registration.commands.{module}"), what, mutant)


MUTANTS = {
    "a place is taken without looking": (
        Bookings,
        lambda patch: patch.setattr(Quota.objects, "claim_then", counted_without_condition),
    ),
    "a pass alone keeps its place": (
        Bookings,
        lambda patch: no_rule(patch, "cancel_seat.give_places_back", lambda *_a, **_k: None),
    ),
    "a late payment forgets its code": (Codes, lambda patch: no_rule(patch, "confirm_booking.use_again", lambda *_a, **_k: None)),
    "an ended booking keeps its code": (Codes, lambda patch: no_rule(patch, "places.give_uses_back", lambda *_a, **_k: Counter())),
    "an offer keeps its places twice": (Queue, lambda patch: no_rule(patch, "book_passes.take_kept", lambda _waiting: None)),
    "the queue jumps": (Queue, lambda patch: no_rule(patch, "wait._offer", jumping(wait_offer))),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", MUTANTS)
def test_without_its_guard_the_machine_fails(name, monkeypatch, django_db_blocker):
    machine, take_out = MUTANTS[name]
    take_out(monkeypatch)
    with pytest.raises((AssertionError, DatabaseError)) as told:
        run(machine, 60)
    assert str(told.value) not in REFUSALS  # it is a counter that betrays the mutant, not a refusal that nobody expected


REFUSALS = {one.code for one in vars(refusals).values() if isinstance(one, type) and hasattr(one, "code")}
wait_offer = import_module("encommun.registration.commands.wait")._offer


def jumping(offer):
    """The mutant of the queue: whoever joined last is looked at first."""

    def last_first(pk, event, at):
        waiting = Waiting.objects.filter(event=event, state="waiting").order_by("-joined_at").first()
        return offer(waiting.pk, event, at) if waiting else False

    return last_first
