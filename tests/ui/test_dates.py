"""Days as people read them."""

from datetime import date

from django.utils.translation import override

from encommun.ui.dates import shorter_day


def test_a_day_where_there_is_little_room():
    with override("fr"):
        assert [shorter_day(date(2018, 9, 13)), shorter_day(date(2026, 5, 1))] == ["jeu. 13\u00a0sept.", "ven. 1er\u00a0mai"]
    with override("en"):
        assert shorter_day(date(2018, 9, 13)) == "Thu 13\u00a0Sept."
