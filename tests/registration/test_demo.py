import time

from encommun.demo.steps.registration import build
from encommun.payment.queries import what_does_not_hold as money
from encommun.registration.models import Booking
from encommun.registration.queries import what_does_not_hold as places
from tests.cast import NOW


def test_the_demo_books_quickly_and_everything_holds(cast, settings, tmp_path):
    settings.DATA = tmp_path
    settings.CONFIG = settings.CONFIG.__class__(card_secret_key="sk_test_demo")
    begun = time.monotonic()
    build(cast.event, cast.accounts, NOW)
    assert time.monotonic() - begun < 5
    assert Booking.objects.filter(event=cast.event).count() == 61
    assert set(Booking.objects.values_list("state", flat=True)) == {"held", "confirmed", "lapsed", "cancelled"}
    chloe = Booking.objects.get(email="chloe@association.example")
    assert (chloe.state, chloe.seats.get().days) == ("confirmed", ["2018-09-13", "2018-09-14"])
    assert [*places(), *money()] == []
