"""Sixteen invoices are issued at the same moment, in threads and in processes: no number is missing, none comes twice.

And the same run without the guard, which must fail.
"""

import os
import subprocess
import sys
import threading
from collections import Counter

import pytest
from django.db import DatabaseError, connection

from encommun.foundation.actor import SYSTEM
from encommun.foundation.refusals import Refused
from encommun.invoicing.commands import issue_invoice
from encommun.invoicing.models import Invoice, Series
from encommun.invoicing.queries import what_does_not_hold
from tests.cast import NOW, make_cast
from tests.invoicing.office import issuer, open_sale, paid

pytestmark = pytest.mark.django_db(transaction=True)
RACERS = 16


@pytest.fixture
def bookings(transactional_db):
    cast = make_cast()
    open_sale(cast.event)
    issuer(cast.event)
    return [paid(cast) for _n in range(RACERS)]


def all_at_once(*acts):
    gate, outcomes = threading.Barrier(len(acts)), []

    def one(act):
        try:
            gate.wait()
            act()
            outcomes.append("issued")
        except Refused as refused:
            outcomes.append(refused.code)
        except DatabaseError:
            outcomes.append("refused by the database")
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return Counter(outcomes)


def sequences():
    return sorted(Invoice.objects.values_list("sequence", flat=True))


def test_sixteen_threads_leave_no_gap(bookings):
    outcomes = all_at_once(*[lambda one=one: issue_invoice(one, actor=SYSTEM, at=NOW) for one in bookings])
    assert outcomes == {"issued": RACERS}
    assert sequences() == list(range(1, RACERS + 1))
    assert list(what_does_not_hold()) == []


def test_failures_among_them_leave_no_gap(bookings):
    """Half of them take a number and then fail: what they took goes to others."""
    from django.db import transaction

    def fail(booking):
        with transaction.atomic():
            issue_invoice(booking, actor=SYSTEM, at=NOW)
            raise Refused()

    acts = [(lambda one=one: fail(one)) for one in bookings[::2]]
    acts += [(lambda one=one: issue_invoice(one, actor=SYSTEM, at=NOW)) for one in bookings[1::2]]
    assert all_at_once(*acts) == {"issued": RACERS // 2, "refused": RACERS // 2}
    assert sequences() == list(range(1, RACERS // 2 + 1))


def test_one_booking_asked_for_by_sixteen_has_one_invoice(bookings):
    outcomes = all_at_once(*[lambda: issue_invoice(bookings[0], actor=SYSTEM, at=NOW)] * RACERS)
    assert outcomes == {"issued": 1, "nothing_to_invoice": RACERS - 1}


PROGRAM = """
import sys, django
django.setup()
from django.conf import settings
from django.db import connections
settings.DATABASES["default"]["NAME"] = connections["default"].settings_dict["NAME"] = sys.argv[1]
from django.db import OperationalError
from encommun.foundation.actor import SYSTEM
from encommun.invoicing.commands import issue_invoice
from encommun.registration.models import Booking
from tests.cast import NOW
booking = Booking.objects.get(code=sys.argv[2])
print("ready", flush=True)
sys.stdin.readline()
for attempt in range(8):  # SQLite has one writer at a time: on a busy machine, who waited too long tries again
    try:
        print(issue_invoice(booking, actor=SYSTEM, at=NOW).sequence)
        break
    except OperationalError:
        if attempt == 7:
            raise
"""


def test_sixteen_processes_leave_no_gap(bookings):
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and ("memory" in name or not os.path.exists(name)):
        pytest.skip("processes need a database in a file: run on PostgreSQL, or with a test database in a file")
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "encommun.settings"}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    running = [
        subprocess.Popen([sys.executable, "-c", PROGRAM, name, booking.code], env=env, text=True, **pipes) for booking in bookings
    ]
    assert [process.stdout.readline() for process in running] == ["ready\n"] * RACERS
    for process in running:  # all of them wait here: now they run
        process.stdin.write("\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=120) for process in running]
    assert [error for _out, error in answers if "Error" in error] == []
    assert sorted(int(out) for out, _error in answers) == list(range(1, RACERS + 1))
    assert list(what_does_not_hold()) == []


def look_then_write(rendezvous):
    """The mutant: what everybody writes first. The last number plus one, looked for before."""

    def following(pk, on):
        last = Invoice.objects.filter(series_id=pk).order_by("-sequence").values_list("sequence", flat=True).first() or 0
        rendezvous()
        return last + 1, on

    return following


def test_without_the_guard_the_same_run_fails(bookings, monkeypatch):
    """So the tests above can fail. On SQLite there is one writer at a time: the counter that stood still betrays the mutant."""
    few = 8  # as many as hold a connection at the same time: the pool has ten
    meeting = threading.Barrier(few)

    def rendezvous():
        if connection.vendor == "postgresql":
            meeting.wait(30)

    monkeypatch.setattr(Series.objects, "next", look_then_write(rendezvous))
    outcomes = all_at_once(*[lambda one=one: issue_invoice(one, actor=SYSTEM, at=NOW) for one in bookings[:few]])
    if connection.vendor == "postgresql":
        assert outcomes["refused by the database"] == few - 1
    assert list(what_does_not_hold()) != []
