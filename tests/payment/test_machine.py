"""Any order of events: money comes whole, in parts, twice, wrong or late; bookings lapse and are cancelled; sums go back.

The model is plain arithmetic; after each step the books hold, and nobody has paid without a place.
"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from encommun.foundation.actor import SYSTEM
from encommun.foundation.refusals import Refused
from encommun.journal.models import Entry
from encommun.payment.commands import (
    Received,
    answer_stray,
    mark_refunded,
    refund_payment,
    settle,
    waive_payment,
)
from encommun.payment.commands.new_payment import new_payment
from encommun.payment.models import LedgerEntry, Payment, Refund, Stray
from encommun.payment.queries import balance_of, what_does_not_hold
from encommun.payment.tasks import note_no_longer_due
from encommun.registration.commands import cancel_booking, lapse_holds
from encommun.registration.models import Booking
from encommun.registration.queries import what_does_not_hold as places
from tests.cast import NOW, make_cast
from tests.payment.desk import book, open_sale, two_days

PRICE = 6000
ENDED = ("registration.booking_cancelled", "registration.booking_lapsed")


# ruff: noqa: PT017 a refusal is one of the outcomes here


class Till(RuleBasedStateMachine):
    """One gathering of three places, a few bookings, and everything that may happen to their money."""

    def __init__(self):
        super().__init__()
        self.cast = make_cast()
        open_sale(self.cast.event, places=3)
        self.farid, self.at, self.came, self.back = self.cast.actor("farid"), NOW, 0, 0
        self.noted: set[int] = set()

    def bookings(self):
        return list(Booking.objects.filter(event=self.cast.event).order_by("pk"))

    def follow(self):
        """What the worker does after a booking has ended."""
        for entry in Entry.objects.filter(kind__in=ENDED).exclude(pk__in=self.noted).order_by("pk"):
            note_no_longer_due(entry)
            self.noted.add(entry.pk)

    @rule(method=st.sampled_from(["card", "transfer"]))
    def somebody_books(self, method):
        try:
            book(self.cast.event, two_days(), at=self.at, payment_method=method)
        except Refused as refused:
            assert refused.code == "sold_out"

    @precondition(lambda self: self.bookings())
    @rule(data=st.data(), cents=st.sampled_from([PRICE, PRICE, PRICE, 2000, 4000]), copies=st.integers(1, 3))
    def money_comes(self, data, cents, copies):
        booking = data.draw(st.sampled_from(self.bookings()))
        payment = new_payment(booking, Payment.Provider.TRANSFER, amount_cents=cents, at=self.at)
        for _n in range(copies):
            settle(payment, received=Received(amount_cents=cents), actor=SYSTEM, at=self.at)
        self.came += cents

    @precondition(lambda self: self.bookings())
    @rule(data=st.data(), cents=st.sampled_from([100, 5999, 9000]))
    def another_amount_comes(self, data, cents):
        booking = data.draw(st.sampled_from(self.bookings()))
        payment = new_payment(booking, Payment.Provider.CARD, amount_cents=PRICE, at=self.at)
        settle(payment, received=Received(amount_cents=cents), actor=SYSTEM, at=self.at)
        self.came += cents

    @precondition(lambda self: Stray.objects.filter(answer="").exists())
    @rule(answer=st.sampled_from(["accepted", "given_back"]))
    def the_treasurer_answers(self, answer):
        stray = Stray.objects.filter(answer="").order_by("pk").first()
        answer_stray(stray, answer=answer, actor=self.farid, at=self.at)

    @rule()
    def time_passes(self):
        self.at += timedelta(minutes=20)
        lapse_holds(at=self.at)
        self.follow()

    @precondition(lambda self: self.bookings())
    @rule(data=st.data())
    def the_team_cancels(self, data):
        booking = data.draw(st.sampled_from(self.bookings()))
        try:
            cancel_booking(booking, reason="Non", actor=self.farid, at=self.at)
        except Refused as refused:
            assert refused.code in ("booking_ended", "booking_lapsed")
        self.follow()

    @precondition(lambda self: Payment.objects.filter(state="paid").exists())
    @rule(data=st.data(), cents=st.integers(1, PRICE))
    def the_team_gives_back(self, data, cents):
        payment = data.draw(st.sampled_from(list(Payment.objects.filter(state="paid").order_by("pk"))))
        try:
            refund_payment(payment, amount_cents=cents, actor=self.farid, at=self.at)
        except Refused as refused:
            assert refused.code in ("too_much_to_refund", "nothing_to_refund")

    @precondition(lambda self: Refund.objects.filter(state="to_do").exists())
    @rule(twice=st.booleans())
    def a_refund_leaves(self, twice):
        refund = Refund.objects.filter(state="to_do").order_by("pk").first()
        mark_refunded(refund, actor=SYSTEM, at=self.at)
        self.back += refund.amount_cents
        if twice:
            with pytest.raises(Refused):
                mark_refunded(refund, actor=SYSTEM, at=self.at)

    @precondition(lambda self: self.bookings())
    @rule(data=st.data())
    def nothing_is_asked(self, data):
        booking = data.draw(st.sampled_from(self.bookings()))
        try:
            waive_payment(booking, why="bénévole", actor=self.farid, at=self.at)
        except Refused as refused:
            assert refused.code in ("nothing_missing", "sold_out")

    @invariant()
    def the_ledger_is_what_came_and_what_went(self):
        sums = dict.fromkeys(("received", "refunded"), 0)
        for kind, cents in LedgerEntry.objects.filter(kind__in=sums).values_list("kind", "amount_cents"):
            sums[kind] += cents
        assert sums == {"received": self.came, "refunded": self.back}

    @invariant()
    def the_books_hold(self):
        assert [*what_does_not_hold(), *places()] == []

    @invariant()
    def nobody_pays_without_a_place(self):
        for booking in self.bookings():
            if booking.state in ("lapsed", "cancelled") and not booking.payments.exclude(trouble="").exists():
                assert balance_of(booking).kept_cents == balance_of(booking).price_cents


@pytest.mark.django_db
def test_any_order_of_events_keeps_the_books(django_db_blocker):
    from django.db import transaction

    class InATransaction(Till):
        def __init__(self):
            self.block = transaction.atomic()
            self.block.__enter__()
            super().__init__()

        def teardown(self):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    phases = [phase for phase in Phase if phase not in (Phase.shrink, Phase.explain)]  # a failing case is told as it is found
    run_state_machine_as_test(
        InATransaction,
        settings=settings(max_examples=15, stateful_step_count=15, deadline=None, suppress_health_check=quiet, phases=phases),
    )
