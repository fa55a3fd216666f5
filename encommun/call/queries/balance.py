"""The balance of the selection: received and chosen, by axis, format, territory and first time. No number under five."""

from collections import Counter
from collections.abc import Iterable
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
    return decision.is_an_offer


def _table(title: str, labels: dict, rows: Iterable[tuple[object, bool]], *, is_of_people: bool = False) -> Balance:
    pairs = list(rows)
    received, chosen = Counter(key for key, _is in pairs), Counter(key for key, is_chosen in pairs if is_chosen)
    cells = [Cell(str(label), *shown(received[key], chosen[key])) for key, label in labels.items()]
    return Balance(title, cells, is_of_people)


def shown(received: int, chosen: int) -> tuple[int | None, int | None]:
    """The two numbers, or None for each that is under five, or that would give away another under five."""
    if received < LEAST:
        return None, None
    return received, chosen if chosen >= LEAST and received - chosen >= LEAST else None
