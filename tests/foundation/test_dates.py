"""Dates as people read them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from encommun.foundation import clock
from encommun.ui import dates

PARIS = ZoneInfo("Europe/Paris")
N = dates.NBSP


@pytest.mark.parametrize(
    ("language", "first", "last", "words"),
    [
        ("fr", date(2018, 9, 13), date(2018, 9, 14), f"13 et 14{N}septembre 2018"),
        ("fr", date(2018, 9, 13), date(2018, 9, 13), f"13{N}septembre 2018"),
        ("fr", date(2018, 10, 1), date(2018, 10, 3), f"du 1er au 3{N}octobre 2018"),
        ("fr", date(2025, 9, 30), date(2025, 10, 2), f"du 30{N}septembre au 2{N}octobre 2025"),
        ("en", date(2018, 9, 13), date(2018, 9, 14), f"13 and 14{N}September 2018"),
        ("en", date(2025, 12, 31), date(2026, 1, 1), f"31{N}December 2025 to 1{N}January 2026"),
    ],
)
def test_spans_of_days(language, first, last, words):
    with translation.override(language):
        assert dates.span_of_days(first, last) == words


def test_moments_are_in_the_zone_of_the_event():
    at = datetime(2018, 7, 19, 21, 59, tzinfo=UTC)
    with translation.override("fr"):
        assert dates.moment(at, PARIS) == f"jeudi 19{N}juillet 2018 à 23{N}h{N}59"
    with translation.override("en"):
        assert dates.moment(at, PARIS) == f"Thursday 19{N}July 2018 at 23:59"


def test_a_day_lasts_until_its_last_second_there():
    assert clock.end_of_day(date(2018, 7, 19), PARIS).astimezone(UTC) == datetime(2018, 7, 19, 21, 59, 59, tzinfo=UTC)


def test_the_demo_plays_another_day():
    assert clock.now().date().year == 2018
