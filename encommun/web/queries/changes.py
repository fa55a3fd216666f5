"""What changes on the public pages of an event, in sentences: the journal's public entries, as anybody may read them.

The journal keeps codes and numbers; words are those of now, as everyone sees them (names that must not be known are out of them).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from encommun.call.anonymity import as_everyone_sees
from encommun.call.models import Choosing, Proposal, Revision
from encommun.call.queries import Names, history_in_words
from encommun.commons.models import Resource
from encommun.deliberation.models import Poll
from encommun.events.models import Event
from encommun.foundation.localised import Localised
from encommun.journal.models import Entry
from encommun.places.models import Venue
from encommun.ui.dates import moment

A_PAGE = 40


@dataclass(frozen=True)
class Change:
    """Something that changed: what in words, where, when."""

    key: int
    at: datetime
    where: str
    sentences: list[str]
    address: str

    @property
    def title(self) -> str:
        """The whole on a line."""
        return _("{title}: {change}").format(title=self.where, change=" ".join(self.sentences))


@dataclass(frozen=True)
class Subject:
    """A kind of pages: what it is called in addresses and to people, and the kinds of journal entries that tell of it."""

    slug: str
    label: Any
    kinds: tuple[str, ...]


SUBJECTS = (
    Subject(
        "propositions",
        gettext_lazy("Proposals"),
        (
            "call.proposal_published",
            "call.proposal_edited",
            "call.proposal_withdrawn",
            "call.proposal_removed",
            "call.proposal_put_back",
            "call.proposals_merged",
            "call.merge_undone",
            "call.proposal_split",
            "call.offer_accepted",
            "call.offer_declined",
        ),
    ),
    Subject(
        "appel",
        gettext_lazy("Open call"),
        (
            "call.opened",
            "call.changed",
            "call.extended",
            "call.format_written",
            "call.format_removed",
            "call.question_written",
            "call.question_removed",
        ),
    ),
    Subject(
        "choix",
        gettext_lazy("The choice and the committee"),
        (
            "call.choosing_set",
            "call.criterion_written",
            "call.criterion_dropped",
            "call.decisions_released",
            "deliberation.committee_set",
            "deliberation.meeting_noted",
            "deliberation.resolution_noted",
            "deliberation.poll_opened",
            "deliberation.poll_closed",
        ),
    ),
    Subject("programme", gettext_lazy("Programme"), ("programme.version_published",)),
    Subject("lieux", gettext_lazy("Venues"), ("places.venue_described", "places.rooms_described", "programme.venue_used")),
    Subject(
        "communs", gettext_lazy("Commons"), ("commons.resource_published", "commons.resource_revised", "commons.resource_withdrawn")
    ),
    Subject(
        "pass", gettext_lazy("Passes"), ("registration.passes_offered", "registration.quota_composed", "registration.terms_set")
    ),
)
BY_SLUG = {subject.slug: subject for subject in SUBJECTS}


def public_changes(event: Event, subject: str = "") -> QuerySet[Entry]:
    """The entries that tell of public pages, the latest first; of one kind of pages, when it is named."""
    kinds = BY_SLUG[subject].kinds if subject in BY_SLUG else [kind for one in SUBJECTS for kind in one.kinds]
    return Entry.objects.filter(event_id=event.pk, kind__in=kinds).order_by("-at", "-id")


def in_sentences(event: Event, entries: Iterable[Entry]) -> list[Change]:
    """The entries in words, less those that have nothing to say any more. A bounded number of statements."""
    found = list(entries)
    told = _Told(event, found)
    return [change for entry in found if (change := told.of(entry)) is not None]


class _Told:
    """The words of a page of entries, read together."""

    def __init__(self, event: Event, entries: list[Entry]) -> None:
        self.event = event
        self.proposals = self._proposals([e for e in entries if e.about.startswith("call.Proposal:")])
        self.venues = self._by_name(Venue.objects.filter(pk__in=_numbers(entries, "places.Venue")), "name")
        self.polls = dict(
            Poll.objects.filter(event=event, code__in=_codes(entries, "deliberation.Poll")).values_list("code", "title")
        )
        resources = Resource.objects.filter(event=event, code__in=_codes(entries, "commons.Resource"))
        self.resources = dict(resources.values_list("code", "title"))

    @staticmethod
    def _by_name(rows: QuerySet[Any], field: str) -> dict[str, str]:
        return {str(pk): name for pk, name in rows.values_list("pk", field)}

    def _proposals(self, entries: list[Entry]) -> dict[str, tuple[Proposal, dict[int, list[str]]]]:
        revisions = Prefetch("revisions", queryset=Revision.objects.filter(is_public=True).select_related("suggestion"))
        rows = Proposal.objects.filter(event=self.event, code__in=_codes(entries, "call.Proposal")).exclude(published_at=None)
        rows = rows.select_related("decision").prefetch_related("authors", revisions)
        names, found = Names(self.event), {}
        for proposal in as_everyone_sees(rows, self.event):
            proposal.event = self.event
            found[proposal.code] = proposal, {step.version: step.changes for step in history_in_words(proposal, names)}
        return found

    def of(self, entry: Entry) -> Change | None:
        """An entry in words."""
        code = entry.about.partition(":")[2]
        for prefix, tell in TELLERS:
            if entry.kind.startswith(prefix):
                if (told := tell(self, entry, code)) is None:
                    return None
                where, sentences, (name, *args) = told
                return Change(entry.pk, entry.at, where, sentences, reverse(name, args=[self.event.slug, *args]))
        return None


type Said = tuple[str, list[str], tuple[str, ...]] | None  # where, what, the route of its page


def _proposal(told: _Told, entry: Entry, code: str) -> Said:
    route = ("call:proposal", code)
    if entry.kind == "call.proposal_removed":
        return (code, [_("Removed by the team.")], route) if code in told.proposals else None
    if entry.kind == "call.proposal_withdrawn":
        return (code, [_("Withdrawn by its authors.")], route) if code in told.proposals else None
    proposal, changes = told.proposals.get(code, (None, {}))
    if proposal is None or proposal.state == Proposal.State.WITHDRAWN:
        return None
    sentences = {
        "call.proposal_published": [_("Published.")],
        "call.proposal_put_back": [_("Public again.")],
        "call.proposals_merged": [_("«{other}» was merged into it.").format(other=entry.facts.get("other", ""))],
        "call.merge_undone": [_("The merge with «{other}» was undone.").format(other=entry.facts.get("other", ""))],
        "call.proposal_split": [_("A second proposal was made out of it.")],
        "call.offer_accepted": [_("Its authors accept the team's offer.")],
        "call.offer_declined": [_("Its authors decline the team's offer.")],
    }.get(entry.kind) or changes.get(entry.facts.get("version", 0))
    return (proposal.title, sentences, route) if sentences else None


def _call(told: _Told, entry: Entry, code: str) -> Said:
    facts, zone = entry.facts, told.event.zone
    if entry.kind == "call.opened":
        sentences = [_("The call is open.")]
    elif entry.kind in ("call.changed", "call.extended"):
        sentences = _dates(facts.get("was", {}), facts.get("now", {}), zone)
        sentences += [_("Its text was rewritten.")] if facts.get("is_text_changed") else []
        sentences = sentences or [_("The call was composed again.")]
    elif entry.kind == "call.format_written":
        sentences = _format(facts, zone)
    else:
        sentences = {
            "call.format_removed": [_("A format was taken away.")],
            "call.question_written": [_("A question to authors was written.")],
            "call.question_removed": [_("A question to authors was taken away.")],
        }[entry.kind]
    return _("Open call"), sentences, ("call:open",)


def _dates(was: dict[str, Any], now: dict[str, Any], zone: Any) -> list[str]:
    labels = {"opens_at": _("Opens: {before} → {after}."), "closes_at": _("Last moment: {before} → {after}.")}
    return [
        labels[name].format(before=_moment(was.get(name), zone), after=_moment(now.get(name), zone))
        for name in labels
        if was.get(name) != now.get(name)
    ]


def _moment(written: str | None, zone: Any) -> str:
    return moment(datetime.fromisoformat(written), zone) if written else "—"


def _format(facts: dict[str, Any], zone: Any) -> list[str]:
    was, now = facts.get("was"), facts.get("now", {})
    name = str(Localised(now.get("name", {}))) or facts.get("format", "")
    if was is None:
        return [_("New format: {name}.").format(name=name)]
    said = []
    if was.get("name") != now.get("name"):
        said.append(_("{before} → {after}.").format(before=Localised(was["name"]), after=name))
    if was.get("minutes") != now.get("minutes"):
        said.append(_("Length: {before} → {after} min.").format(before=was["minutes"], after=now["minutes"]))
    said += _dates(was, now, zone)
    return [_("Format «{name}».").format(name=name), *(said or [_("Described in other words.")])]


def _choice(told: _Told, entry: Entry, code: str) -> Said:
    method, committee = ("call:method",), ("deliberation:committee",)
    if entry.kind == "call.choosing_set":
        phase = dict(Choosing.Phase.choices).get(entry.facts.get("phase"), "")
        return _("The choice"), [_("Where we are: {phase}.").format(phase=phase)], method
    if entry.kind == "call.decisions_released":
        n = len(entry.facts.get("codes", ()))
        return _("The choice"), [ngettext("{n} answer was sent.", "{n} answers were sent.", n).format(n=n)], method
    if entry.kind.startswith("deliberation.poll"):
        sentence = (
            _("The vote is open.")
            if entry.kind.endswith("opened")
            else _("The vote is closed: its result and its ballots are there.")
        )
        return (told.polls[code], [sentence], ("deliberation:poll", code)) if code in told.polls else None
    sentence = {
        "call.criterion_written": _("A criterion was written."),
        "call.criterion_dropped": _("A criterion was taken away."),
        "deliberation.committee_set": _("Its rules were written."),
        "deliberation.meeting_noted": _("Notes of a meeting."),
        "deliberation.resolution_noted": _("A decision, with its reasons."),
    }.get(entry.kind)
    if sentence is None:
        return None
    where = (_("The choice"), method) if entry.kind.startswith("call.") else (_("The committee"), committee)
    return where[0], [sentence], where[1]


def _programme(told: _Told, entry: Entry, code: str) -> Said:
    if entry.kind != "programme.version_published":
        return None
    number = str(entry.facts.get("number", ""))
    return _("Programme"), [_("Version {number} is published.").format(number=number)], ("programme:version", number)


def _places(told: _Told, entry: Entry, code: str) -> Said:
    if code not in told.venues:
        return None
    sentence = {
        "places.rooms_described": _("Its rooms were described."),
        "programme.venue_used": _("The gathering takes place there too."),
    }.get(entry.kind, _("Its description changed."))
    return told.venues[code], [sentence], ("programme:places",)


def _commons(told: _Told, entry: Entry, code: str) -> Said:
    if code not in told.resources:
        return None
    sentence = {
        "commons.resource_published": _("The resource is published."),
        "commons.resource_revised": _("Corrected: version {n}.").format(n=entry.facts.get("version", "")),
        "commons.resource_withdrawn": _("Withdrawn."),
    }[entry.kind]
    return told.resources[code], [sentence], ("commons:resource", code)


def _passes(told: _Told, entry: Entry, code: str) -> Said:
    sentence = {
        "registration.quota_composed": _("How many places there are was changed."),
        "registration.terms_set": _("The terms were changed."),
    }.get(entry.kind, _("The passes were changed."))
    return _("Passes"), [sentence], ("registration:passes",)


#: Who tells of which entries: the first whose beginning it is.
TELLERS: tuple[tuple[str, Callable[[_Told, Entry, str], Said]], ...] = (
    ("programme.venue", _places),
    ("programme.", _programme),
    ("places.", _places),
    ("commons.", _commons),
    ("registration.", _passes),
    ("deliberation.", _choice),
    ("call.choosing", _choice),
    ("call.criterion", _choice),
    ("call.decisions", _choice),
    ("call.proposal", _proposal),
    ("call.merge", _proposal),
    ("call.offer", _proposal),
    ("call.", _call),
)


def _codes(entries: list[Entry], model: str) -> set[str]:
    return {entry.about.partition(":")[2] for entry in entries if entry.about.startswith(f"{model}:")}


def _numbers(entries: list[Entry], model: str) -> set[str]:
    return {code for code in _codes(entries, model) if code.isdecimal()}
