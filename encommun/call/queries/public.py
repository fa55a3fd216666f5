"""Proposals as everyone sees them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from encommun.call.content import LONG, NAMES, fold
from encommun.call.models import Proposal
from encommun.call.refusals import Withdrawn
from encommun.events.models import Event
from encommun.foundation.licences import LICENCES
from encommun.foundation.refusals import NotFound
from encommun.ui.dates import day


def public_proposals(event: Event, *, axis: str = "", format: str = "", words: str = "") -> QuerySet[Proposal]:
    """Published proposals, the latest first; each word must be somewhere in the text, whatever its accents."""
    found = Proposal.objects.filter(event=event, state=Proposal.State.PUBLISHED)
    if axis:
        found = found.filter(axis__slug=axis)
    if format:
        found = found.filter(format__slug=format)
    for word in fold(words).split()[:8]:
        found = found.filter(folded__contains=word)
    return found.select_related("axis", "format", "decision").prefetch_related("authors").order_by("-published_at", "-id")


def public_proposal(event: Event, code: str) -> Proposal:
    """A published proposal.

    Raises:
        Withdrawn: it was published once, and withdrawn since.
        NotFound: there is none, or it was never published.
    """
    found = Proposal.objects.filter(event=event, code=code).exclude(published_at=None)
    proposal = found.select_related("axis", "format", "decision").prefetch_related("authors", "revisions").first()
    if proposal is None:
        raise NotFound()
    if proposal.state == Proposal.State.WITHDRAWN:
        raise Withdrawn(day=day(proposal.withdrawn_at.astimezone(event.zone).date()))
    proposal.event = event
    return proposal


@dataclass(frozen=True)
class History:
    """What changed at a moment, in words."""

    at: datetime
    changes: list[str]


def history_in_words(proposal: Proposal) -> list[History]:
    """The life of a proposal since it was published, oldest first: per field, what changed."""
    names = _Names(proposal.event)
    steps: list[History] = []
    former: dict[str, Any] | None = None
    for revision in proposal.revisions.all():
        if not revision.is_public:
            continue
        if former is None:
            steps.append(History(revision.at, [_("Published.")]))
        elif changes := [_change(name, former, revision.fields, names) for name in NAMES if former[name] != revision.fields[name]]:
            steps.append(History(revision.at, changes))
        former = revision.fields
    return steps


class _Names:
    """Titles of axes and formats by slug, read once."""

    def __init__(self, event: Event) -> None:
        self.axis = {axis.slug: str(axis) for axis in event.axes.all()}
        self.format = {format.slug: str(format) for format in event.formats.all()}


def _change(name: str, former: dict[str, Any], now: dict[str, Any], names: _Names) -> str:
    """One change as a sentence: both values where they are short."""
    before, after = former[name], now[name]
    if name in LONG:
        return {
            "intention": _("Intention rewritten."),
            "participants_do": _("What participants will do: text changed."),
            "participants_leave_with": _("What they leave with: text changed."),
            "needs": _("Needs: text changed."),
        }[name]
    if name == "title":
        return _("Title changed: «{before}» → «{after}».").format(before=before, after=after)
    if name == "minutes":
        return _("Length: {before} → {after} min.").format(before=before, after=after)
    if name == "licence":
        return _("Licence: {before} → {after}.").format(before=LICENCES[before].name, after=LICENCES[after].name)
    if name == "axis":
        return _("Axis: {before} → {after}.").format(before=names.axis.get(before, before), after=names.axis.get(after, after))
    if name == "format":
        return _("Format: {before} → {after}.").format(
            before=names.format.get(before, before), after=names.format.get(after, after)
        )
    return _("Format described in other words.")
