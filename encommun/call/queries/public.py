"""Proposals as everyone sees them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from encommun.call.content import EMPTY, LONG, NAMES
from encommun.call.models import Proposal, Recording, Revision, Wanted
from encommun.call.refusals import Merged, Removed, Withdrawn
from encommun.call.search import with_words
from encommun.events.models import Event
from encommun.foundation.licences import LICENCES
from encommun.foundation.refusals import NotFound
from encommun.places.models import Equipment, Layout
from encommun.ui.dates import day


def public_proposals(event: Event, *, axis: str = "", format: str = "", words: str = "") -> QuerySet[Proposal]:
    """Published proposals, the latest first; each word must be somewhere in the text, whatever its accents."""
    found = Proposal.objects.filter(event=event, state=Proposal.State.PUBLISHED)
    if axis:
        found = found.filter(axis__slug=axis)
    if format:
        found = found.filter(format__slug=format)
    found = with_words(found, words)
    return found.select_related("axis", "format", "decision").prefetch_related("authors").order_by("-published_at", "-id")


def public_proposal(event: Event, code: str) -> Proposal:
    """A published proposal.

    Raises:
        Merged: it became part of another one, which ``where_it_went`` finds.
        Withdrawn, Removed: it was published once, and withdrawn since, or removed by the team.
        NotFound: there is none, or it was never published.
    """
    found = Proposal.objects.filter(event=event, code=code).exclude(published_at=None)
    proposal = (
        found.select_related("axis", "format", "decision", "split_from")
        .prefetch_related(
            "authors",
            _revisions(),
            _wanted(),
            "split_into",
            Prefetch("merged_from__revisions", queryset=Revision.objects.select_related("suggestion")),
        )
        .first()
    )
    if proposal is None:
        raise NotFound()
    if proposal.state == Proposal.State.MERGED:
        raise Merged()
    if proposal.state == Proposal.State.WITHDRAWN and proposal.removed_because:
        raise Removed(reason=proposal.get_removed_because_display())
    if proposal.state == Proposal.State.WITHDRAWN:
        raise Withdrawn(day=day(proposal.withdrawn_at.astimezone(event.zone).date()))
    proposal.event = event
    return proposal


def _revisions() -> Prefetch:
    return Prefetch("revisions", queryset=Revision.objects.select_related("suggestion"))


def _wanted() -> Prefetch:
    return Prefetch("wanted", queryset=Wanted.objects.filter(closed_at=None), to_attr="looks_for")


@dataclass(frozen=True)
class History:
    """What changed at a moment, in words."""

    at: datetime
    changes: list[str]
    version: int = 0
    credit: str = ""  # whose idea it was, when somebody suggested it
    texts: tuple[tuple[str, str, str], ...] = ()  # long texts that changed: what each is, before, after

    @property
    def sentence(self) -> str:
        """All of it, for a feed."""
        return " ".join([*self.changes, *([self.credit] if self.credit else [])])


def history_in_words(proposal: Proposal, names: "Names | None" = None) -> list[History]:
    """The life of a proposal since it was published, oldest first: per field, what changed."""
    names = names or Names(proposal.event)
    steps: list[History] = []
    former: dict[str, Any] | None = None
    for revision in proposal.revisions.all():
        if not revision.is_public:
            continue
        if former is None:
            steps.append(History(revision.at, [_("Published.")], revision.version))
        elif changes := changes_in_words(former, revision.fields, names):
            steps.append(History(revision.at, changes, revision.version, _credit(revision), _texts(former, revision.fields)))
        former = revision.fields
    return steps


def whole_history(proposal: Proposal) -> list[History]:
    """Its history and those of the proposals merged into it, in the order of time; each of these says whose it was."""
    names = Names(proposal.event)
    steps = history_in_words(proposal, names)
    for other in proposal.merged_from.all():
        for step in history_in_words(other, names):
            of_other = [_("«{title}»: {change}").format(title=other.title, change=change) for change in step.changes]
            steps.append(History(step.at, of_other, 0, step.credit, step.texts))
    return sorted(steps, key=lambda step: step.at)


def changes_in_words(former: dict[str, Any], now: dict[str, Any], names: "Names") -> list[str]:
    """What differs between two texts as revisions keep them, a sentence a field."""
    empty = EMPTY.as_json()
    before, after = empty | former, empty | now
    return [_change(name, before, after, names) for name in NAMES if before[name] != after[name]]


def _texts(former: dict[str, Any], now: dict[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Long texts that changed, to be read side by side."""
    labels = {
        "intention": _("Intention"),
        "participants_do": _("What participants will do"),
        "participants_leave_with": _("What they will leave with"),
        "needs": _("What it needs"),
    }
    pairs = ((name, former.get(name, ""), now.get(name, "")) for name in LONG)
    return tuple((labels[name], before, after) for name, before, after in pairs if before != after)


def _credit(revision: Revision) -> str:
    if revision.suggestion_id is None:
        return ""
    suggestion = revision.suggestion
    if suggestion is None or not suggestion.name_is_public:
        return _("Somebody's idea, taken up by the authors.")
    return _("An idea of {name}, taken up by the authors.").format(name=suggestion.name)


class Names:
    """Titles of axes and formats by slug, read once."""

    def __init__(self, event: Event) -> None:
        self.axis = {axis.slug: str(axis) for axis in event.axes.all()}
        self.questions = {question.code: question for question in event.questions.all()}
        self.format = {format.slug: str(format) for format in event.formats.all()}


def _licence(code: str) -> str:
    return LICENCES[code].name if code in LICENCES else "—"


def _chosen(name: str, value: Any) -> str:
    """What was chosen among a few, in words."""
    labels = dict({"equipment": Equipment, "layout": Layout, "recording": Recording}[name].choices)
    return ", ".join(str(labels.get(one, one)) for one in ([value] if isinstance(value, str) and value else value)) or "—"


def _change(name: str, former: dict[str, Any], now: dict[str, Any], names: Names) -> str:
    """One change as a sentence: both values where they are short."""
    before, after = former[name], now[name]
    if name in LONG:
        return {
            "intention": _("Intention rewritten."),
            "participants_do": _("What participants will do: text changed."),
            "participants_leave_with": _("What they leave with: text changed."),
            "needs": _("Needs: text changed."),
        }[name]
    if name == "answers":
        codes = [code for code in {**before, **after} if before.get(code) != after.get(code)]
        told = [str(names.questions[code]) for code in codes if code in names.questions and names.questions[code].is_public]
        return _("Answers changed: {names}.").format(names=", ".join(told)) if told else _("Answers to the team changed.")
    if name == "title":
        return _("Title changed: «{before}» → «{after}».").format(before=before, after=after)
    if name == "minutes":
        return _("Length: {before} → {after} min.").format(before=before, after=after)
    if name in ("licence", "materials_licence"):
        sentence = _("Licence: {before} → {after}.") if name == "licence" else _("Licence of the materials: {before} → {after}.")
        return sentence.format(before=_licence(before), after=_licence(after))
    if name in ("equipment", "layout", "recording"):
        sentence = {
            "equipment": _("Equipment: {before} → {after}."),
            "layout": _("Seats: {before} → {after}."),
            "recording": _("Recording: {before} → {after}."),
        }[name]
        return sentence.format(before=_chosen(name, before), after=_chosen(name, after))
    if name == "axis":
        return _("Axis: {before} → {after}.").format(before=names.axis.get(before, before), after=names.axis.get(after, after))
    if name == "format":
        return _("Format: {before} → {after}.").format(
            before=names.format.get(before, before), after=names.format.get(after, after)
        )
    return _("Format described in other words.")
