"""The balance of the selection: received and chosen, by axis, format, territory and first time. No number under five."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from encommun.call.models import Circumstances, Decision, Proposal
from encommun.events.models import Event

LEAST = 5


@dataclass(frozen=True)
class Cell:
    """A line of the balance; a number that could tell of somebody is None."""

    label: str
    received: int | None
    chosen: int | None


@dataclass(frozen=True)
class Balance:
    """One way of looking at the selection."""

    title: str
    cells: list[Cell]
    is_of_people: bool


def balance_of(event: Event, *, released_only: bool) -> list[Balance]:
    """Tables for a page. Four statements.

    Args:
        released_only: count as chosen only what authors know; the team also looks before.
    """
    proposals = list(Proposal.objects.filter(event=event, state=Proposal.State.PUBLISHED).select_related("decision"))
    chosen = {one.pk for one in proposals if _is_chosen(one, released_only=released_only)}
    axes = {axis.pk: str(axis) for axis in event.axes.all()}
    formats = {format.pk: str(format) for format in event.formats.all()}
    told = list(
        Circumstances.objects.filter(author__proposal__in=proposals, author__left_at=None).values_list(
            "author__proposal_id", "territory", "first_time"
        )
    )
    territories, firsts = dict(Circumstances.Territory.choices), dict(Circumstances.First.choices)
    return [
        _table(_("By axis"), axes, ((one.axis_id, one.pk in chosen) for one in proposals)),
        _table(_("By format"), formats, ((one.format_id, one.pk in chosen) for one in proposals)),
        _table(_("By territory"), territories, ((where, pk in chosen) for pk, where, _first in told), is_of_people=True),
        _table(_("First time"), firsts, ((first, pk in chosen) for pk, _where, first in told), is_of_people=True),
    ]


def _is_chosen(proposal: Proposal, *, released_only: bool) -> bool:
    decision: Decision | None = getattr(proposal, "decision", None)
    if decision is None or (released_only and decision.released_at is None):
        return False
    return decision.is_a_place


def _table(title: str, labels: dict, rows: Iterable[tuple[object, bool]], *, is_of_people: bool = False) -> Balance:
    pairs = list(rows)
    received, chosen = Counter(key for key, _is in pairs), Counter(key for key, is_chosen in pairs if is_chosen)
    numbers = shown([(received[key], chosen[key]) for key in labels])
    cells = [Cell(str(label), *pair) for label, pair in zip(labels.values(), numbers, strict=True)]
    return Balance(title, cells, is_of_people)


def shown(rows: list[tuple[int, int]]) -> list[tuple[int | None, int | None]]:
    """The numbers of a table, received and chosen, or None for each that is under five or would give away another under five.

    Totals may be known from elsewhere (another table of the same answers), so that what is hidden in a column must hold five together,
    chosen and not chosen alike; until it does, the smallest number still shown is hidden too.
    """
    whole = _kept(rows, [received >= LEAST for received, _chosen in rows], lambda row: (row[0],))
    parts = [here and min(chosen, received - chosen) >= LEAST for here, (received, chosen) in zip(whole, rows, strict=True)]
    parts = _kept(rows, parts, lambda row: (row[1], row[0] - row[1]))
    return [
        (received if here else None, chosen if there else None)
        for (received, chosen), here, there in zip(rows, whole, parts, strict=True)
    ]


def _kept(rows: list[tuple[int, int]], kept: list[bool], hidden: Callable[[tuple[int, int]], tuple[int, ...]]) -> list[bool]:
    """Which rows stay shown, so that those hidden cannot be found by subtraction."""
    kept = list(kept)
    while any(kept) and not all(kept):
        sums = [
            sum(column) for column in zip(*(hidden(row) for row, here in zip(rows, kept, strict=True) if not here), strict=True)
        ]
        if min(sums) >= LEAST and kept.count(False) > 1:
            break
        kept[min((sum(hidden(row)), n) for n, row in enumerate(rows) if kept[n])[1]] = False
    return kept
