from collections import Counter

from encommun.demo.steps import passes
from encommun.demo.steps.registration import build
from encommun.journal.models import Entry
from encommun.payment.queries import what_does_not_hold as money
from encommun.registration.models import Answer, Booking, Contribution, Fund, Seat, Voucher, Waiting
from encommun.registration.queries import what_does_not_hold as places
from tests.cast import NOW


def test_the_demo_books_and_everything_holds(cast, settings, tmp_path):
    settings.DATA = tmp_path
    settings.CONFIG = settings.CONFIG.__class__(card_secret_key="sk_test_demo")
    build(cast.event, cast.accounts, NOW)
    assert Booking.objects.filter(event=cast.event).count() == 61
    assert set(Booking.objects.values_list("state", flat=True)) == {"held", "confirmed", "lapsed", "cancelled"}
    chloe = Booking.objects.get(email="chloe@association.example")
    assert (chloe.state, chloe.seats.get().days) == ("confirmed", ["2018-09-13", "2018-09-14"])
    assert [*places(), *money()] == []


def test_no_page_of_registration_is_only_an_empty_state(cast, settings, tmp_path):
    settings.DATA = tmp_path
    settings.CONFIG = settings.CONFIG.__class__(card_secret_key="sk_test_demo")
    build(cast.event, cast.accounts, NOW)
    passes.build(cast.event, cast.accounts, NOW)
    assert Counter(Waiting.objects.values_list("state", flat=True)) == {"waiting": 2, "offered": 1, "taken": 1}
    fund = Fund.objects.get(event=cast.event)
    assert (fund.given_cents, fund.drawn_cents) == (10_000, 5_000)
    used = dict(Voucher.objects.filter(event=cast.event).values_list("code", "used"))
    assert used == {"ENSEMBLE18": 2, "RESEAU20": 6, "BENEVOLES": 4, "PRESSE10": 0}
    assert Contribution.objects.filter(event=cast.event, part="volunteers").exclude(seat=None).count() == 2
    assert Seat.objects.exclude(right_seen_on=None).count() == 1
    assert Answer.objects.filter(seat__holder_email="chloe@association.example").count() == 3
    assert Entry.objects.filter(kind="registration.seat_named", facts__handed_over=True).count() == 1
    assert [*places(), *money()] == []
