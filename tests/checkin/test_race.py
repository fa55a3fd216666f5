"""Sixteen doors, one pass, one moment: the database admits one. A door that looks first and writes after admits several."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction

from encommun.checkin.models import Scan
from encommun.checkin.queries import what_is_shown
from tests.cast import make_cast
from tests.checkin.passes import MORNING, scan, ticket

DOORS = 16


def at_once(act):
    """Run ``act`` in sixteen threads that start together."""
    start, results, errors = Barrier(DOORS), [], []

    def run():
        try:
            start.wait(20)
            results.append(act())
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run) for _n in range(DOORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    return results


@pytest.mark.django_db(transaction=True)
def test_of_sixteen_doors_one_admits():
    cast = make_cast()
    one, driss = ticket(cast.event), cast.actor("driss")
    results = at_once(lambda: scan(cast, one.code, actor=driss).result)
    assert sorted(results) == [Scan.Result.ADMITTED] + [Scan.Result.ALREADY_IN] * (DOORS - 1)
    assert Scan.objects.filter(result=Scan.Result.ADMITTED).count() == 1
    assert Scan.objects.count() == DOORS


@pytest.mark.django_db(transaction=True)
def test_sixteen_copies_of_one_scan_are_one_scan():
    cast = make_cast()
    one, driss, number = ticket(cast.event), cast.actor("driss"), uuid4()
    results = at_once(lambda: scan(cast, one.code, actor=driss, scan_id=number).result)
    assert results == [Scan.Result.ADMITTED] * DOORS
    assert Scan.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_door_that_looks_first_and_writes_after_admits_several():
    """The mutant that the test above must be able to see: no constraint, check then insert."""
    cast = make_cast()
    one, looked = ticket(cast.event), Barrier(DOORS)
    (constraint,) = Scan._meta.constraints

    def naive():
        shown = what_is_shown(cast.event, one.code)
        before = Scan.objects.filter(ticket=shown.ticket, entry_day=MORNING.date(), result=Scan.Result.ADMITTED).exists()
        connection.close()  # the pool is smaller than the number of doors
        looked.wait(20)
        if before:
            return Scan.Result.ALREADY_IN
        with transaction.atomic():
            Scan(
                scan_id=uuid4(),
                event=cast.event,
                ticket=shown.ticket,
                seat=shown.seat,
                result=Scan.Result.ADMITTED,
                entry_day=MORNING.date(),
                mode="api",
                made_at=MORNING,
                at=MORNING,
                by="test",
            ).save()
        return Scan.Result.ADMITTED

    with connection.schema_editor() as editor:
        editor.remove_constraint(Scan, constraint)
    try:
        assert at_once(naive).count(Scan.Result.ADMITTED) > 1
    finally:
        table = connection.ops.quote_name(Scan._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
        with connection.schema_editor() as editor:
            editor.add_constraint(Scan, constraint)
