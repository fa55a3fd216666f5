"""``encommun check``: what does not hold is said in a sentence, and nothing is mended in silence."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from encommun.checkin.models import Ticket
from encommun.foundation import clock
from encommun.foundation.actor import SYSTEM
from encommun.journal.commands import chain_entries, record
from encommun.journal.models import Entry
from encommun.payment.commands import Received, settle
from encommun.payment.commands.new_payment import new_payment
from encommun.payment.models import Payment
from encommun.registration.models import Booking, Quota
from encommun.web.checks import everything_that_is_wrong
from tests.cast import NOW
from tests.checkin.passes import confirmed, ticket

ROOT = Path(__file__).resolve().parent.parent.parent


def pay(booking):
    """The price came, by transfer."""
    payment = new_payment(booking, Payment.Provider.TRANSFER, amount_cents=booking.total_cents, at=NOW)
    settle(payment, received=Received(amount_cents=booking.total_cents), actor=SYSTEM, at=NOW)


@pytest.fixture
def settled(cast):
    """A gathering whose worker has passed."""
    pay(ticket(cast.event).seat.booking)
    chain_entries()
    Entry.objects.update(reacted_at=NOW)
    return cast


def test_a_confirmed_booking_without_its_money_is_named(settled):
    booking = confirmed(settled.event, email="autre@example.org")
    Entry.objects.update(reacted_at=NOW)
    Booking.objects.filter(pk=booking.pk).update(confirmed_at=clock.now())
    assert wrong() == [f"Booking {booking.code} (confirmed): {booking.total_cents} cents in all, 0 cents kept."]


def wrong():
    return list(everything_that_is_wrong())


def test_a_house_in_order_says_nothing(settled):
    assert wrong() == []


def test_a_quota_that_drifted_is_named(settled):
    quota = Quota.objects.first()
    Quota._base_manager.filter(pk=quota.pk).update(taken=7)
    assert [sentence for sentence in wrong() if "7 taken, 1 live claims" in sentence] != []


def test_a_changed_entry_is_named(settled):
    entry = Entry.objects.exclude(position=None).first()
    Entry.objects.filter(pk=entry.pk).update(facts={"changed": True})
    assert wrong() == [f"Journal: entry {entry.pk} at position {entry.position} was changed after it was chained."]


def test_a_confirmed_pass_without_ticket_is_named_once_the_worker_should_have_passed(settled):
    booking = confirmed(settled.event, email="autre@example.org")
    pay(booking)
    Entry.objects.update(reacted_at=NOW)
    seat = booking.seats.get()
    Booking.objects.filter(pk=booking.pk).update(confirmed_at=clock.now())
    assert wrong() == []
    Booking.objects.filter(pk=booking.pk).update(confirmed_at=clock.now() - timedelta(hours=1))
    assert wrong() == [f"Pass {seat.code} is confirmed and has no ticket."]


def test_a_ticket_that_outlived_its_booking_is_named(settled):
    one = Ticket.objects.get()
    Booking.objects.update(state=Booking.State.CANCELLED, ended_at=clock.now() - timedelta(hours=1))
    assert f"Pass {one.seat.code} has ended and its ticket is still in force." in wrong()


def test_a_worker_that_does_not_run_is_noticed(settled):
    record("events.tested", actor=SYSTEM, at=clock.now() - timedelta(hours=1), about=settled.event)
    assert wrong() == ["1 entries of the journal wait for more than 10 minutes: is «encommun worker» running?"]


def encommun(*arguments, data, **settings):
    environ = {name: value for name, value in os.environ.items() if not name.startswith("ENCOMMUN_")}
    return subprocess.run(
        [sys.executable, "-m", "encommun", *arguments],
        cwd=ROOT,
        env=environ | {"ENCOMMUN_DATA": str(data)} | settings,
        capture_output=True,
        text=True,
    )


def test_the_settings_of_a_public_instance_have_no_warning(tmp_path):
    public = {"ENCOMMUN_HTTPS": "yes", "ENCOMMUN_BASE_URL": "https://rencontre.example", "ENCOMMUN_PROXIES": "1"}
    public |= {"ENCOMMUN_PUBLISHER": "Association PiNG, Nantes", "ENCOMMUN_PUBLICATION_DIRECTOR": "Aya Benali"}
    assert encommun("migrate", data=tmp_path, **public).returncode == 0
    silent = encommun("check", "--deploy", data=tmp_path, **public)
    said = "ENCOMMUN_HOSTED_BY is empty: the legal notice of a public site must say it."
    assert (silent.returncode, silent.stderr.splitlines()[-1]) == (1, said)
    done = encommun("check", "--deploy", data=tmp_path, **public, ENCOMMUN_HOSTED_BY="Un hébergeur, Rennes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "Everything holds."


def test_settings_that_are_not_safe_in_public_stop_the_check(tmp_path):
    assert encommun("migrate", data=tmp_path).returncode == 0
    done = encommun("check", "--deploy", data=tmp_path, ENCOMMUN_DEBUG="yes")
    assert done.returncode == 1
    assert "DEBUG" in done.stderr


def test_no_check_is_silenced():
    from django.conf import settings

    assert settings.SILENCED_SYSTEM_CHECKS == []
