"""Statements that leave together."""

# ruff: noqa: PT012 several statements in one block are what is tried

from dataclasses import replace

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from psycopg.pq import TransactionStatus

from encommun.events.models import Axis
from encommun.foundation.composed import Composed, insert
from encommun.foundation.together import fetch, is_together, keys_of, leave, run, together
from encommun.journal.models import PublicStamp

ALL = Composed(lambda event: Axis.objects.filter(event_id=event).order_by("position"), event=int)
ON_POSTGRESQL = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has no network: each statement runs as it comes"
)


def axis(event, slug, position):
    return Axis(event=event, slug=slug, title={"fr": "L’axe 100 % %s ; DROP"}, hue=7, position=position)


def test_what_leaves_together_is_written_in_its_order(cast):
    with together():
        insert([axis(cast.event, "a", 20)])
        insert([axis(cast.event, "b", 21), axis(cast.event, "c", 22)])
        run("UPDATE events_axis SET position = position + 10 WHERE slug = %s", ["b"])
    assert list(Axis.objects.filter(position__gte=20).order_by("position").values_list("slug", flat=True)) == ["a", "c", "b"]
    assert str(Axis.objects.get(slug="a").title) == "L’axe 100 % %s ; DROP"


def test_reading_together_answers_each_its_own(cast):
    found = fetch(ALL.of(event=cast.event.pk), ALL.of(event=cast.other.pk), keys_of(Axis, 3))
    assert found[0] == list(Axis.objects.filter(event=cast.event).order_by("position"))
    assert found[1] == list(Axis.objects.filter(event=cast.other).order_by("position"))
    assert len(set(found[2])) == (3 if connection.vendor == "postgresql" else 1)


def test_a_drawn_key_is_the_rows_own(cast):
    ((key,),) = fetch(keys_of(Axis, 1))
    made = axis(cast.event, "a", 20)
    made.pk = key
    with together():
        insert([made])
    assert Axis.objects.get(slug="a").pk == (made.pk if key is None else key)


def test_an_answer_may_refuse_and_everything_is_undone(cast):
    def refuse(rows):
        raise ValueError(rows[0][0])

    with pytest.raises(ValueError, match="30"), transaction.atomic(), together():
        insert([axis(cast.event, "a", 30)])
        run("SELECT position FROM events_axis WHERE slug = %s", ["a"], refuse)
    assert not Axis.objects.filter(slug="a").exists()
    assert not is_together()


def test_an_exception_forgets_what_waits(cast):
    with pytest.raises(KeyError), transaction.atomic(), together():
        insert([axis(cast.event, "a", 20)])
        raise KeyError
    leave()
    assert not Axis.objects.filter(slug="a").exists()


def test_the_database_refuses_the_whole(cast):
    slug = Axis.objects.filter(event=cast.event).first().slug
    with pytest.raises(IntegrityError), transaction.atomic(), together():
        insert([axis(cast.event, "a", 20)])
        insert([axis(cast.event, slug, 21)])
    assert not Axis.objects.filter(slug="a").exists()


@ON_POSTGRESQL
def test_it_is_one_message(cast):
    with CaptureQueriesContext(connection) as asked, together():
        insert([axis(cast.event, "a", 20)])
        with together():  # of the same transaction: it waits for the end of the outer one
            run("SELECT 1", [])
        assert len(asked) == 0
        insert([axis(cast.event, "b", 21)])
    assert len(asked) == 1


def test_any_other_statement_finds_what_was_written_before_it(cast):
    with together():
        insert([axis(cast.event, "a", 20)])
        assert Axis.objects.filter(slug="a").exists()
        with transaction.atomic():
            insert([axis(cast.event, "b", 21)])
        run("UPDATE events_axis SET position = 30 WHERE slug = %s", ["b"])
    assert list(Axis.objects.filter(position__gte=20).order_by("position").values_list("slug", flat=True)) == ["a", "b"]


def test_what_an_answer_adds_leaves_too(cast):
    with together():
        run("SELECT 20", [], lambda rows: insert([axis(cast.event, "a", rows[0][0])]))
    assert Axis.objects.get(slug="a").position == 20


@pytest.mark.parametrize("prepares", [True, False])
@pytest.mark.parametrize("value", ["it's", "100 % %s", "\\'; DROP TABLE events_axis; --", "«é🎈»", "\x01axe\x01"])
def test_values_are_written_into_a_message_as_they_are(cast, settings, value, prepares):
    settings.CONFIG = replace(settings.CONFIG, database_prepares=prepares)
    heard = []
    with together():
        run("SELECT CAST(%s AS text), '100 %%', CAST(%s AS text), CAST(%s AS integer)", [value, None, 7], heard.extend)
    assert heard == [(value, "100 %", None, 7)]


@ON_POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_a_transaction_begins_with_its_first_message_and_ends_as_it_must():
    connection.ensure_connection()

    def driver_knows():
        return connection.connection.pgconn.transaction_status

    asked = "INSERT INTO journal_publicstamp (event_id, stamp) VALUES (%s, 1)"
    with transaction.atomic():
        assert driver_knows() == TransactionStatus.IDLE
        with together():
            run(asked, [901])
        assert driver_knows() == TransactionStatus.INTRANS
        run(asked, [902])
    assert driver_knows() == TransactionStatus.IDLE
    with pytest.raises(KeyError), transaction.atomic(), together():
        run(asked, [903])
        leave()
        raise KeyError
    with pytest.raises(IntegrityError), transaction.atomic(), together():
        run(asked, [904])
        run(asked, [904])
    with pytest.raises(ProgrammingError), transaction.atomic(), together():
        run("SELEC 1", [])
    run(asked, [905])  # by itself, at once
    connection.close()
    assert list(PublicStamp.objects.filter(event_id__gt=900).order_by("event_id").values_list("event_id", flat=True)) == [
        901,
        902,
        905,
    ]


@ON_POSTGRESQL
def test_what_was_prepared_in_a_transaction_undone_is_still_there(cast):
    for slug in ("a", "b"):
        with pytest.raises(KeyError), transaction.atomic():
            run("UPDATE events_axis SET position = 40 WHERE slug = %s", [slug])
            raise KeyError
    with pytest.raises(ProgrammingError), transaction.atomic():
        run("UPDATE no_such_table SET position = %s", [1])
    run("UPDATE events_axis SET position = 40 WHERE slug = %s", ["lieux"])
    assert Axis.objects.get(slug="lieux", event=cast.event).position == 40
