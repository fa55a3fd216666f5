"""Statements that leave together."""

# ruff: noqa: PT012 several statements in one block are what is tried

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from encommun.events.models import Axis
from encommun.foundation.composed import Composed, insert
from encommun.foundation.together import fetch, is_together, keys_of, leave, run, together

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
        with together():  # its end sends what waits around it too
            run("SELECT 1", [])
        assert len(asked) == 1
        insert([axis(cast.event, "b", 21)])
    assert len(asked) == 2
