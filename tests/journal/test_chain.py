"""The chain: what is edited, deleted, inserted or moved afterwards is seen."""

import pytest
from django.db import connection, transaction

from encommun.foundation.actor import SYSTEM
from encommun.journal.commands import chain_entries, record
from encommun.journal.models import Entry
from encommun.journal.queries import broken_links, history_of
from tests.cast import NOW


@pytest.fixture
def chained(cast):
    Entry.objects.all().delete()
    for n in range(5):
        record("events.tested", actor=SYSTEM, at=NOW, event_id=cast.event.pk, about=cast.event, n=n)
    assert chain_entries() == 5
    return list(Entry.objects.order_by("position"))


def sentences():
    return len(list(broken_links()))


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded(db):
    from encommun.events.models import Event

    with pytest.raises(RuntimeError, match="must be recorded in the transaction"):
        record("events.tested", actor=SYSTEM, at=NOW, about=Event(pk=1))


def test_a_chain_that_nobody_touched_is_whole(chained):
    assert list(broken_links()) == []


@pytest.mark.parametrize(
    "change", [{"kind": "events.other"}, {"actor": "account:1"}, {"facts": {"n": 9}}, {"about": "x"}, {"event_id": None}]
)
def test_an_edited_entry_is_found(chained, change):
    Entry.objects.filter(pk=chained[2].pk).update(**change)
    assert sentences() == 1


@pytest.mark.parametrize("n", [0, 2])
def test_a_deleted_entry_is_found(chained, n):
    chained[n].delete()
    assert sentences() >= 1


def test_an_inserted_entry_is_found(chained):
    Entry.objects.filter(pk=chained[4].pk).update(position=6)
    Entry.objects.create(kind="x", at=NOW, actor="system", about="x", position=5, hash="0" * 64)
    assert sentences() >= 1


def test_entries_that_changed_places_are_found(chained):
    one, other = chained[1], chained[2]
    Entry.objects.filter(pk=one.pk).update(position=99)
    Entry.objects.filter(pk=other.pk).update(position=2)
    Entry.objects.filter(pk=one.pk).update(position=3)
    assert sentences() >= 2


def test_the_chain_goes_on_where_it_ended(chained, cast):
    with transaction.atomic():
        record("events.tested", actor=SYSTEM, at=NOW, about=cast.event)
    assert chain_entries() == 1
    assert chain_entries() == 0
    assert list(broken_links()) == []


def test_a_public_change_raises_the_stamp_of_its_event_alone(cast):
    from encommun.journal.queries import public_stamps

    before = public_stamps()
    record("events.tested", actor=SYSTEM, at=NOW, event_id=cast.event.pk, about=cast.event, public=True)
    after = public_stamps()
    assert after.get(cast.event.pk, 0) == before.get(cast.event.pk, 0) + 1
    assert after.get(cast.other.pk, 0) == before.get(cast.other.pk, 0)


def test_the_history_of_a_thing_is_what_was_recorded_about_it(chained, cast):
    assert [entry.facts["n"] for entry in history_of(cast.event)] == [0, 1, 2, 3, 4]
    assert connection.in_atomic_block
