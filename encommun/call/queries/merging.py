"""Merges and splits: who is asked, and where each proposal comes from."""

from dataclasses import dataclass

from django.db.models import Q

from encommun.call.anonymity import as_the_team_sees, hidden_words
from encommun.call.models import Author, Closeness, Merge, MergeYes, Proposal
from encommun.call.rules import asked_to_merge, may_see_merge
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require


def merge_seen_by(actor: Actor, event: Event, code: str) -> Merge:
    """A merge, for the authors of both proposals and the programme team.

    Raises:
        NotFound: there is none, or it is not the actor's.
    """
    found = Merge.objects.filter(into__event=event, code=code).select_related("into", "other", "opened_by").first()
    if found is None:
        raise NotFound()
    found.into.event = found.other.event = event
    require(may_see_merge(actor, found))
    return found


@dataclass(frozen=True)
class Asked:
    """Somebody whose yes a merge needs."""

    author: Author
    said_yes: bool


def asked_by(merge: Merge) -> list[Asked]:
    """Everybody asked, with whether she said yes to the text of now."""
    said = set(MergeYes.objects.filter(merge=merge, round=merge.round).values_list("author_id", flat=True))
    return [Asked(author, author.pk in said) for author in asked_to_merge(merge)]


def open_merges(proposal: Proposal) -> list[Merge]:
    """Merges that wait for its authors."""
    mine = Q(into=proposal) | Q(other=proposal)
    return list(Merge.objects.filter(mine, state=Merge.State.OPEN).select_related("into", "other"))


def last_merge(proposal: Proposal) -> Merge | None:
    """The last merge that made it what it is."""
    return Merge.objects.filter(into=proposal, state=Merge.State.DONE).select_related("into", "other").first()


def said_close(proposal: Proposal) -> list[tuple[Proposal, str]]:
    """Public proposals that somebody said look close to it, with the reason; the latest ten."""
    found = Closeness.objects.filter(Q(first=proposal) | Q(second=proposal)).select_related("first", "second")[:20]
    others = [(one.second if one.first_id == proposal.pk else one.first, one.reason) for one in found]
    return [(other, reason) for other, reason in others if other.state == Proposal.State.PUBLISHED][:10]


def said_close_seen_by(actor: Actor, event: Event) -> list[tuple[Proposal, Proposal, str]]:
    """What readers said of an event's public proposals, for the team: the two and why; the latest fifty."""
    public = {"first__state": Proposal.State.PUBLISHED, "second__state": Proposal.State.PUBLISHED}
    found = Closeness.objects.filter(first__event=event, **public).select_related("first__decision", "second__decision")
    rows = list(found.prefetch_related("first__authors", "second__authors")[:50])
    firsts = as_the_team_sees(actor, [one.first for one in rows], event)
    seconds = as_the_team_sees(actor, [one.second for one in rows], event)
    hides = [hidden_words(actor, (one.first, one.second), event) for one in rows]
    return [(first, second, hide(one.reason)) for one, first, second, hide in zip(rows, firsts, seconds, hides, strict=True)]


def where_it_went(event: Event, code: str) -> Proposal | None:
    """The public proposal that a merged one became, however many merges ago."""
    proposal = Proposal.objects.filter(event=event, code=code, state=Proposal.State.MERGED).select_related("merged_into").first()
    for _step in range(20):
        if proposal is None or proposal.state != Proposal.State.MERGED:
            break
        proposal = proposal.merged_into
    return proposal


@dataclass(frozen=True)
class Lineage:
    """Where a proposal comes from and what came out of it; public ones only."""

    merged_from: list[Proposal]
    split_from: Proposal | None
    split_into: list[Proposal]

    def __bool__(self) -> bool:
        return bool(self.merged_from or self.split_from or self.split_into)


def lineage_of(proposal: Proposal) -> Lineage:
    """The lineage of a proposal read with ``public_proposal``."""
    origin = proposal.split_from if proposal.split_from is not None and proposal.split_from.published_at is not None else None
    out = [one for one in proposal.split_into.all() if one.state == Proposal.State.PUBLISHED]
    return Lineage(list(proposal.merged_from.all()), origin, out)
