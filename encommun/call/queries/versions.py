"""Former versions of a proposal for its authors, suggestions, and what changed since one last read."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q

from encommun.call.content import NAMES, Content
from encommun.call.models import Author, Proposal, Reading, Revision, Suggestion
from encommun.call.queries.public import History, Names, history_in_words
from encommun.call.refusals import NoSuchVersion
from encommun.call.rules import is_suggester, may_build
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require

MOST = 200


def versions_of(proposal: Proposal, actor: Actor) -> list[Revision]:
    """Every version, the latest first; at most the last two hundred.

    Raises:
        NotFound: the actor does not build it.
    """
    require(may_build(actor, proposal))
    return list(proposal.revisions.select_related("author", "suggestion").order_by("-version")[:MOST])


def version_of(proposal: Proposal, number: int, actor: Actor) -> tuple[Revision, Content]:
    """One version and the one before it (the first one stands on nothing).

    Raises:
        NotFound: the actor does not build it.
        NoSuchVersion: there is no version of that number.
    """
    require(may_build(actor, proposal))
    found = list(proposal.revisions.select_related("author", "suggestion").filter(version__lte=number).order_by("-version")[:2])
    if not found or found[0].version != number:
        raise NoSuchVersion()
    return found[0], Content.kept(found[1].fields if len(found) > 1 else {})


def content_at(proposal: Proposal, version: int) -> Content | None:
    """The text of a version, if there is one."""
    fields = proposal.revisions.filter(version=version).values_list("fields", flat=True).first()
    return None if fields is None else Content.kept(fields)


def waiting_suggestions(proposal: Proposal) -> list[Suggestion]:
    """Suggestions that wait for the authors."""
    return list(proposal.suggestions.filter(state=Suggestion.State.WAITING))


def suggestion_of_author(actor: Actor, proposal: Proposal, code: str) -> Suggestion:
    """A suggestion, for the authors; one whose address is not proven does not exist yet.

    Raises:
        NotFound: there is none, or the actor does not build the proposal.
    """
    require(may_build(actor, proposal))
    found = proposal.suggestions.exclude(state=Suggestion.State.UNPROVEN).filter(code=code).first()
    if found is None:
        raise NotFound()
    found.proposal = proposal
    return found


def suggestion_seen_by(actor: Actor, event: Event, code: str, suggestion: str) -> Suggestion:
    """A suggestion, for the one who made it.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = Suggestion.objects.filter(proposal__event=event, proposal__code=code, code=suggestion)
    one = found.select_related("proposal__event", "proposal__axis", "proposal__format").first()
    if one is None:
        raise NotFound()
    require(is_suggester(actor, one))
    return one


@dataclass(frozen=True)
class Unread:
    """A proposal that somebody follows, and what happened to it since she last read."""

    proposal: Proposal
    since: list[History]


def unread_of(actor: Actor, event: Event) -> list[Unread]:
    """What changed in the public proposals that the actor wrote or follows; at most fifty, those with news first.

    Raises:
        NotFound: nobody is signed in.
    """
    if not actor.is_signed_in:
        raise NotFound()
    mine = Author.objects.filter(Q(account_id=actor.account_id) | Q(email=actor.email)).values("proposal_id")
    followed = Reading.objects.filter(account_id=actor.account_id).values("proposal_id")
    found = Proposal.objects.filter(Q(pk__in=mine) | Q(pk__in=followed), event=event, state=Proposal.State.PUBLISHED)
    readings = Prefetch("readings", queryset=Reading.objects.filter(account_id=actor.account_id), to_attr="own_readings")
    revisions = Prefetch("revisions", queryset=Revision.objects.filter(is_public=True).select_related("suggestion"))
    listed, names = [], Names(event)
    for proposal in found.select_related("axis").prefetch_related(readings, revisions).order_by("-saved_at")[:50]:
        proposal.event = event
        read = proposal.own_readings[0].version if proposal.own_readings else 0
        listed.append(Unread(proposal, [step for step in history_in_words(proposal, names) if step.version > read]))
    return sorted(listed, key=lambda unread: not unread.since)


def fields_changed(before: Content, after: Content) -> list[str]:
    """Names of the fields that differ."""
    return [name for name in NAMES if getattr(before, name) != getattr(after, name)]
