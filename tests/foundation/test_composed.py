import threading

import pytest

from encommun.events.models import Axis
from encommun.foundation.composed import Composed

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
