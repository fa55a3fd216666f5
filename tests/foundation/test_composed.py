import threading

import pytest
from django.db import IntegrityError, transaction

from encommun.events.models import Axis
from encommun.foundation.composed import Composed, insert

BY_SLUG = Composed(
    lambda slug, event: Axis.objects.select_related("event").filter(slug=slug, event_id=event).order_by("position"),
    slug=str,
    event=int,
)


def test_the_same_select_answers_each_value(cast, django_assert_num_queries):
    for slug in ("lieux", "communs", "donnees"):
        with django_assert_num_queries(1):
            found = BY_SLUG.first(slug=slug, event=cast.event.pk)
            assert (found.slug, found.event.slug) == (slug, "nec-2018")
    assert BY_SLUG.first(slug="lieux", event=cast.other.pk) is None
    assert BY_SLUG.first(slug="' OR 1=1 --", event=cast.event.pk) is None


def test_what_the_database_keeps_as_json_comes_back_as_it_was(cast):
    found = BY_SLUG.first(slug="communs", event=cast.event.pk)
    assert found.title == Axis.objects.get(pk=found.pk).title
    found.position = 9
    found.save(update_fields=["position"])
    assert BY_SLUG.first(slug="communs", event=cast.event.pk).position == 9


def test_a_missing_value_is_an_error(cast):
    BY_SLUG.first(slug="lieux", event=cast.event.pk)
    with pytest.raises(KeyError):
        BY_SLUG.first(slug="lieux")


def test_all_rows_come_in_their_order(cast):
    every = Composed(lambda event: Axis.objects.filter(event_id=event).order_by("-position"), event=int)
    for event in (cast.event, cast.other, cast.event):
        assert every.all(event=event.pk) == list(Axis.objects.filter(event=event).order_by("-position"))


@pytest.mark.parametrize("many", [1, 3])
def test_rows_are_inserted_in_one_statement_and_get_their_keys(cast, django_assert_num_queries, many):
    made = [
        Axis(event=cast.event, slug=f"axe-{n}", title={"fr": "L’axe % %s", "en": "x"}, hue=7, position=20 + n) for n in range(many)
    ]
    with django_assert_num_queries(1):
        insert(made)
    by_the_orm = Axis(event=cast.event, slug="axe-orm", title={"fr": "L’axe % %s", "en": "x"}, hue=7, position=40)
    Axis.objects.bulk_create([by_the_orm])
    values = Axis.objects.values().get(pk=by_the_orm.pk)
    for n, axis in enumerate(made):
        assert Axis.objects.values().get(pk=axis.pk) == values | {"id": axis.pk, "slug": f"axe-{n}", "position": 20 + n}
    made[0].position = 50
    made[0].save()
    assert Axis.objects.get(slug="axe-0").position == 50


def test_a_row_that_is_there_already_is_left_out_when_asked(cast):
    slug = Axis.objects.filter(event=cast.event).first().slug
    new = Axis(event=cast.event, slug="axe-new", title={"fr": "x"}, position=9)
    assert insert([new], or_nothing=True) is True
    assert Axis.objects.get(slug="axe-new").pk == new.pk
    assert insert([Axis(event=cast.event, slug=slug, title={"fr": "x"}, position=9)], or_nothing=True) is False
    assert Axis.objects.filter(slug=slug, event=cast.event).count() == 1


def test_what_was_deferred_is_read_when_it_is_asked_for(cast, django_assert_num_queries):
    some = Composed(lambda slug: Axis.objects.select_related("event").defer("title", "event__purpose").filter(slug=slug), slug=str)
    found = some.first(slug="lieux")
    whole = Axis.objects.select_related("event").get(pk=found.pk)
    with django_assert_num_queries(0):
        assert (found.event.slug, found.pk, found._state.adding) == ("nec-2018", found.pk, False)
    with django_assert_num_queries(2):
        assert (found.title, found.event.purpose) == (whole.title, whole.event.purpose)


def test_what_the_database_refuses_is_refused(cast):
    slug = Axis.objects.filter(event=cast.event).first().slug
    with pytest.raises(IntegrityError), transaction.atomic():
        insert([Axis(event=cast.event, slug=slug, title={"fr": "x"}, position=9)])


@pytest.mark.django_db(transaction=True)
def test_threads_do_not_mix_their_values(django_db_blocker):
    from django.db import connection

    from tests.cast import make_cast

    cast, wrong = make_cast(), []

    def ask(slug):
        try:
            wrong.extend({BY_SLUG.first(slug=slug, event=cast.event.pk).slug for _n in range(30)} - {slug})
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=[slug]) for slug in ("lieux", "donnees", "communs") * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
