"""Majority judgment against published examples, and against a slow counting that follows the definition word for word."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encommun.deliberation.majority import judge, majority_value, median_first

# Balinski and Laraki, «Election by Majority Judgement: Experimental Evidence» (2007): Orsay, 22 April 2007.
# Per cent of the 1,733 ballots that gave each grade: Excellent, Very good, Good, Passable, Insufficient; the rest «To reject».
ORSAY = {
    "Besancenot": (4.1, 9.9, 16.3, 16.0, 22.6),
    "Buffet": (2.5, 7.6, 12.5, 20.6, 26.4),
    "Schivardi": (0.5, 1.0, 3.9, 9.5, 24.9),
    "Bayrou": (13.6, 30.7, 25.1, 14.8, 8.4),
    "Bové": (1.5, 6.0, 11.4, 16.0, 25.7),
    "Voynet": (2.9, 9.3, 17.5, 23.7, 26.1),
    "Villiers": (2.4, 6.4, 8.7, 11.3, 15.8),
    "Royal": (16.7, 22.7, 19.1, 16.8, 12.2),
    "Nihous": (0.3, 1.8, 5.3, 11.0, 26.7),
    "Le Pen": (3.0, 4.6, 6.2, 6.5, 5.4),
    "Laguiller": (2.1, 5.3, 10.2, 16.6, 25.9),
    "Sarkozy": (19.1, 19.8, 14.3, 11.5, 7.1),
}
PUBLISHED = [
    "Bayrou",
    "Royal",
    "Sarkozy",
    "Voynet",
    "Besancenot",
    "Buffet",
    "Bové",
    "Laguiller",
    "Nihous",
    "Villiers",
    "Schivardi",
    "Le Pen",
]


def test_the_published_order_of_orsay():
    columns = {}
    for name, shares in ORSAY.items():
        given_ = [grade for grade, share in zip((5, 4, 3, 2, 1), shares, strict=True) for _n in range(round(share * 10))]
        columns[name] = given_ + [0] * (1000 - len(given_))
    ballots = [{name: columns[name][n] for name in columns} for n in range(1000)]
    placed = judge(list(columns), ballots, number_of_grades=6)
    assert [one.option for one in placed] == PUBLISHED
    assert [(one.majority_grade, one.sign) for one in placed[:3]] == [(3, "+"), (3, "-"), (3, "-")]
    gauges = [(443, 306), (394, 415), (389, 469)]  # published, per thousand; shares are rounded to one
    for one, (better, worse) in zip(placed, gauges, strict=False):
        assert abs(one.better - better) <= 1
        assert abs(one.worse - worse) <= 1


def test_the_cities_of_tennessee():
    """The worked example of encyclopaedias: Nashville, Chattanooga and Knoxville are «fair», Nashville wins."""
    voters = [
        (42, {"Memphis": 3, "Nashville": 1, "Chattanooga": 0, "Knoxville": 0}),
        (26, {"Memphis": 0, "Nashville": 3, "Chattanooga": 1, "Knoxville": 1}),
        (15, {"Memphis": 0, "Nashville": 1, "Chattanooga": 3, "Knoxville": 2}),
        (17, {"Memphis": 0, "Nashville": 1, "Chattanooga": 2, "Knoxville": 3}),
    ]
    ballots = [grades for count, grades in voters for _n in range(count)]
    placed = judge(["Memphis", "Nashville", "Chattanooga", "Knoxville"], ballots, number_of_grades=4)
    assert placed[0].option == "Nashville"
    assert [one.majority_grade for one in placed] == [1, 1, 1, 0]
    assert placed[-1].option == "Memphis"


def test_the_lower_middle_counts_when_the_number_is_even():
    assert majority_value([0, 1, 3, 5]) == (1, 3, 0, 5)
    assert majority_value([0, 1, 2, 3, 5]) == (2, 1, 3, 0, 5)
    assert [median_first(1), median_first(2), median_first(4)] == [[0], [0, 1], [1, 2, 0, 3]]


def test_equal_grades_share_a_rank_and_nobody_voting_ranks_nothing():
    placed = judge(["a", "b", "c"], [{"a": 2, "b": 2, "c": 1}], number_of_grades=6)
    assert [(one.option, one.rank) for one in placed] == [("a", 1), ("b", 1), ("c", 3)]
    nobody = judge(["a", "b"], [], number_of_grades=6)
    assert [(one.rank, one.majority_grade, one.tally) for one in nobody] == [(1, None, (0,) * 6)] * 2


def test_no_grade_is_the_lowest():
    placed = judge(["a", "b"], [{"a": 1}, {"a": 1, "b": 5}], number_of_grades=6)
    assert [(one.option, one.majority_grade) for one in placed] == [("a", 1), ("b", 0)]


def slow_value(grades):
    """As the definition says: find the median (the lower one), note it, take one away, again."""
    left, value = sorted(grades), []
    while left:
        value.append(left.pop((len(left) - 1) // 2))
    return value


def slow_order(options, ballots):
    values = {option: slow_value([ballot.get(option, 0) for ballot in ballots]) for option in options}
    return [1 + sum(values[other] > values[option] for other in options) for option in options]


UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
BALLOTS = st.lists(st.dictionaries(st.sampled_from("abcd"), st.integers(0, 5)), max_size=25)


@UNHURRIED
@given(BALLOTS)
def test_the_same_ranks_as_the_slow_counting(ballots):
    placed = {one.option: one for one in judge(list("abcd"), ballots, number_of_grades=6)}
    assert [placed[option].rank for option in "abcd"] == slow_order("abcd", ballots)
    for one in placed.values():
        assert sum(one.tally) == len(ballots)
        assert one.better + one.worse <= len(ballots)


@UNHURRIED
@given(st.lists(st.integers(0, 5), min_size=1, max_size=40))
def test_the_same_value_as_the_slow_counting(grades):
    assert list(majority_value(grades)) == slow_value(grades)


@UNHURRIED
@given(BALLOTS, st.integers(0, 2**32))
def test_neither_the_order_of_ballots_nor_of_options_matters(ballots, seed):
    options, mixed, chance = list("abcd"), list(ballots), Random(seed)
    chance.shuffle(options)
    chance.shuffle(mixed)
    first = {one.option: one.rank for one in judge(list("abcd"), ballots, number_of_grades=6)}
    assert {one.option: one.rank for one in judge(options, mixed, number_of_grades=6)} == first


@pytest.mark.parametrize("number", [0, 1, 2, 7, 8, 101])
def test_every_place_is_taken_once(number):
    assert sorted(median_first(number)) == list(range(number))
