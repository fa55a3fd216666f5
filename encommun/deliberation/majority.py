"""Majority judgment, after Michel Balinski and Rida Laraki («A theory of measuring, electing, and ranking», PNAS, 2007).

The *majority-grade* of an option is its median grade, the lower of the two middle ones when their number is even. Two
options of one majority-grade are told apart by taking one such grade away from each, and comparing again, until they
differ: the grades so taken, in order, are the option's *majority-value*, and options rank by it. Two options with the same
grades are equal. Everyone counts for every option: who gave one no grade gave it the lowest.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


def median_first(number: int) -> list[int]:
    """Places of a sorted list in the order in which repeated removal of its (lower) median takes them."""
    middle = (number - 1) // 2
    step = -1 if number % 2 else 1
    places = [middle]
    for distance in range(1, number):
        places += [middle + step * distance, middle - step * distance]
    return [place for place in places if 0 <= place < number][:number]


def majority_value(grades: Sequence[int]) -> tuple[int, ...]:
    """The majority-value: grades in the order in which they decide; compared as they are, greater is better."""
    ordered = sorted(grades)
    return tuple(ordered[place] for place in median_first(len(ordered)))


@dataclass(frozen=True, kw_only=True)
class Placed:
    """An option in the result.

    Attributes:
        rank: 1 is the best; equal options share it.
        majority_grade: the median; None when nobody voted.
        better, worse: how many voters gave more, and less, than the median.
        tally: how many voters gave each grade, from the lowest.
    """

    option: str
    rank: int
    majority_grade: int | None
    better: int
    worse: int
    tally: tuple[int, ...]

    @property
    def sign(self) -> str:
        """«+» when more voters gave better than worse, else «-» (the majority-gauge)."""
        return "+" if self.better > self.worse else "-"


def judge(options: Sequence[str], ballots: Iterable[Mapping[str, int]], *, number_of_grades: int) -> list[Placed]:
    """Rank options by majority judgment; equal ones in the order given."""
    cast = list(ballots)
    grades = {option: [ballot.get(option, 0) for ballot in cast] for option in options}
    values = {option: majority_value(given) for option, given in grades.items()}
    ranked = sorted(options, key=lambda option: values[option], reverse=True)
    placed: list[Placed] = []
    for place, option in enumerate(ranked, start=1):
        same = placed and values[option] == values[placed[-1].option]
        given, median = grades[option], values[option][0] if cast else None
        placed.append(
            Placed(
                option=option,
                rank=placed[-1].rank if same else place,
                majority_grade=median,
                better=sum(grade > median for grade in given) if median is not None else 0,
                worse=sum(grade < median for grade in given) if median is not None else 0,
                tally=tuple(given.count(grade) for grade in range(number_of_grades)),
            )
        )
    return placed
