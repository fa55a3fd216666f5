"""The ledger is never edited; what settles, settles once; the price may come in parts."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, connection, transaction

from encommun.foundation.actor import SYSTEM, VISITOR
from encommun.foundation.refusals import NotAllowed
from encommun.journal.models import Entry
from encommun.mailing.models import Letter
from encommun.payment import refusals
from encommun.payment.commands import Received, answer_stray, keep_stray, refund_payment, settle, write_ledger
from encommun.payment.commands.new_payment import new_payment
from encommun.payment.letters import tell_no_place, tell_part
from encommun.payment.models import LedgerEntry, Payment, Stray
from encommun.payment.queries import balance_of, owed_by, what_does_not_hold
from encommun.payment.tasks import note_no_longer_due
from encommun.registration.commands import cancel_booking
from encommun.registration.models import Booking
from tests.payment.desk import NOW, book, by_transfer, open_sale, two_days

LATER = NOW + timedelta(days=2)


@pytest.fixture
def booking(cast):
    open_sale(cast.event, places=4)
    return by_transfer(cast.event)


def pay(booking, cents, provider=Payment.Provider.TRANSFER, asked=None, **more):
    payment = new_payment(booking, provider, amount_cents=asked or cents, at=NOW)
    return settle(payment, received=Received(amount_cents=cents, **more), actor=SYSTEM, at=LATER)


def state(booking):
    return Booking.objects.get(pk=booking.pk).state


def kinds():
    return list(LedgerEntry.objects.order_by("pk").values_list("kind", "amount_cents"))


@pytest.mark.parametrize("change", [lambda found: found.update(amount_cents=1), lambda found: found.delete()])
def test_the_database_refuses_to_change_a_movement(booking, change):
    if connection.vendor == "sqlite":  # put aside for tests in general (tests/conftest.py)
        migration = import_module("encommun.payment.migrations.0004_the_ledger_never_changes")
        connection.cursor().execute(migration.SQLITE.strip().split("\n")[1])
    pay(booking, 6000)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        change(LedgerEntry.objects.filter(kind="received"))
    assert kinds() == [("received", 6000)]


def test_one_source_is_one_movement(booking):
    payment = pay(booking, 6000)
    again = settle(payment, received=Received(amount_cents=6000), actor=SYSTEM, at=LATER)
    write_ledger(booking, LedgerEntry.Kind.RECEIVED, 6000, source=f"received:{payment.reference}", at=LATER)
    assert (again.state, kinds(), state(booking)) == ("paid", [("received", 6000)], "confirmed")


def test_the_price_may_come_in_parts_and_the_last_confirms(booking):
    pay(booking, 2500)
    assert (state(booking), owed_by(booking)) == ("held", 3500)
    tell_part(Entry.objects.get(kind="payment.part_received"))
    assert "Il reste 35" in Letter.objects.get().text
    assert [*what_does_not_hold()] == []
    pay(booking, 3500)
    booking.refresh_from_db()
    assert (booking.state, balance_of(booking).kept_cents, balance_of(booking).missing_cents) == ("confirmed", 6000, 0)
    assert [*what_does_not_hold()] == []


def test_a_second_payment_goes_back_with_a_letter(booking):
    pay(booking, 6000)
    second = pay(booking, 6000)
    assert (second.state, second.refunds.get().why, second.refunds.get().amount_cents) == ("to_refund", "twice", 6000)
    tell_no_place(Entry.objects.get(kind="payment.without_place"))
    letter = Letter.objects.get()
    assert letter.subject.startswith("Vous avez payé deux fois")
    assert "Dites-nous sur quel compte" in letter.text
    assert [*what_does_not_hold()] == []


def test_a_payment_of_a_cancelled_booking_goes_back(booking, cast):
    cancel_booking(booking, reason="Non", actor=cast.actor("farid"), at=NOW)
    payment = pay(booking, 6000)
    assert (payment.state, payment.refunds.get().why, state(booking)) == ("to_refund", "no_place", "cancelled")


def test_another_currency_is_kept_and_is_not_in_the_ledger(booking):
    payment = pay(booking, 6000, provider=Payment.Provider.CARD, currency="usd")
    stray = Stray.objects.get()
    assert (payment.trouble, stray.why, stray.currency, stray.amount_cents) == ("currency", "currency", "usd", 6000)
    assert (kinds(), state(booking)) == ([], "held")


@pytest.fixture
def stray(booking):
    pay(booking, 5000, provider=Payment.Provider.CARD, asked=6000)
    return Stray.objects.select_related("payment__booking").get()


def test_answers_that_are_refused(stray, cast):
    with pytest.raises(NotAllowed):
        answer_stray(stray, answer="noted", note="x", actor=VISITOR, at=LATER)
    with pytest.raises(NotAllowed):
        answer_stray(stray, answer="noted", note="x", actor=cast.actor("emma"), at=LATER)
    with pytest.raises(refusals.NotAnAnswer):
        answer_stray(stray, answer="burnt", actor=cast.actor("farid"), at=LATER)
    with pytest.raises(refusals.NoteMissing):
        answer_stray(stray, answer="noted", note="  ", actor=cast.actor("farid"), at=LATER)
    answer_stray(stray, answer="noted", note="Vu avec elle", actor=cast.actor("farid"), at=LATER)
    with pytest.raises(refusals.AlreadyAnswered):
        answer_stray(stray, answer="given_back", actor=cast.actor("farid"), at=LATER)


def test_less_than_the_price_may_be_taken_and_the_rest_is_waived(stray, cast, booking):
    answer_stray(stray, answer="accepted", actor=cast.actor("farid"), at=LATER)
    assert (state(booking), kinds()) == ("confirmed", [("received", 5000), ("waived", 1000)])
    assert [*what_does_not_hold()] == []


def test_more_than_the_price_may_be_taken_and_the_excess_goes_back(booking, cast):
    pay(booking, 9000, provider=Payment.Provider.CARD, asked=6000)
    answer_stray(Stray.objects.get(), answer="accepted", actor=cast.actor("farid"), at=LATER)
    payment = booking.payments.get()
    assert (payment.state, payment.refunds.get().amount_cents, state(booking)) == ("paid", 3000, "confirmed")
    assert [*what_does_not_hold()] == []


def test_money_that_settles_nothing_may_go_back_whole(stray, cast, booking):
    answer_stray(stray, answer="given_back", actor=cast.actor("farid"), at=LATER)
    payment = booking.payments.get()
    assert (payment.state, payment.refunds.get().amount_cents, state(booking)) == ("to_refund", 5000, "held")


def test_taken_when_the_places_are_gone_it_goes_back(stray, cast, booking):
    booking.refresh_from_db()
    cancel_booking(booking, reason="Non", actor=cast.actor("farid"), at=LATER)
    answer_stray(stray, answer="accepted", actor=cast.actor("farid"), at=LATER)
    assert booking.payments.get().refunds.get().why == "no_place"
    assert [*what_does_not_hold()] == []


def test_what_is_for_no_known_booking_is_kept_once(db, cast):
    told = {"provider": "card", "name": "cs_1", "why": Stray.Why.UNKNOWN, "amount_cents": 6000, "at": NOW}
    assert (keep_stray(**told), keep_stray(**told)) == (True, False)
    stray = Stray.objects.get()
    with pytest.raises(refusals.NotAnAnswer):
        answer_stray(stray, answer="accepted", actor=cast.actor("farid"), at=LATER)
    answer_stray(stray, answer="noted", note="Une autre base", actor=cast.actor("farid"), at=LATER)
    assert Stray.objects.get().answer == "noted"


def test_the_team_gives_a_part_back_and_what_stays_adds_up(booking, cast):
    payment = pay(booking, 6000)
    farid = cast.actor("farid")
    with pytest.raises(NotAllowed):
        refund_payment(payment, amount_cents=100, actor=VISITOR, at=LATER)
    for cents in (0, -5, 6001):
        with pytest.raises(refusals.TooMuchToRefund):
            refund_payment(payment, amount_cents=cents, actor=farid, at=LATER)
    refund_payment(payment, amount_cents=2000, actor=farid, at=LATER)
    assert [*what_does_not_hold()] == []
    with pytest.raises(refusals.TooMuchToRefund):
        refund_payment(payment, amount_cents=4001, actor=farid, at=LATER)
    refund_payment(payment, amount_cents=4000, actor=farid, at=LATER)
    payment.refresh_from_db()
    assert (payment.state, balance_of(booking).kept_cents) == ("to_refund", 0)
    with pytest.raises(refusals.NothingToRefund):
        refund_payment(payment, amount_cents=1, actor=farid, at=LATER)
    assert [*what_does_not_hold()] == []


@pytest.mark.parametrize("back", [6000, 3000, 0])
def test_who_cancels_gets_back_what_was_told_before(booking, cast, back):
    pay(booking, 2500)
    pay(booking, 3500)
    Booking.objects.filter(pk=booking.pk).update(state="cancelled")
    entry = Entry.objects.create(
        kind="registration.booking_cancelled",
        at=LATER,
        actor="visitor",
        event_id=cast.event.pk,
        about=f"registration.Booking:{booking.code}",
        facts={"by_team": False, "was_confirmed": True, "refund_cents": back},
    )
    note_no_longer_due(entry)
    note_no_longer_due(entry)
    booking.refresh_from_db()
    balance = balance_of(booking)
    assert (balance.to_refund_cents, balance.kept_cents, balance.price_cents) == (back, 6000 - back, 6000 - back)
    assert [*what_does_not_hold()] == []


def test_a_booking_confirmed_before_it_is_paid_takes_its_payment(booking):
    """A purchase order: seats are confirmed, and the transfer comes weeks later."""
    Booking.objects.filter(pk=booking.pk).update(state="confirmed", payment_method="order", confirmed_at=NOW)
    assert [*what_does_not_hold()] == []
    payment = pay(booking, 6000)
    assert (payment.state, payment.refunds.count()) == ("paid", 0)
    assert [*what_does_not_hold()] == []


def test_a_lapsed_booking_whose_places_are_gone_is_paid_back(cast):
    open_sale(cast.event, places=1)
    first = book(cast.event, two_days())
    Booking.objects.filter(pk=first.pk).update(state="lapsed")
    from encommun.registration.commands.places import give_places_back

    give_places_back(first, actor=SYSTEM, at=NOW)
    book(cast.event, two_days())
    payment = pay(first, 6000, provider=Payment.Provider.CARD)
    assert (payment.state, payment.refunds.get().why) == ("to_refund", "no_place")
    assert [*what_does_not_hold()] == []
