"""Ask people to read proposals: by axis, at random, by load, by hand. Never one's own, never in conflict."""

import secrets
from collections import Counter
from datetime import datetime

from django.db import transaction

from encommun.call.models import Assignment, Conflict, Proposal
from encommun.call.queries.readers import Reader, readers_of
from encommun.call.reading import choosing_of
from encommun.call.refusals import NobodyToRead, NotReader
from encommun.call.rules import may_choose
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record

DEFAULT_READERS = 2


@transaction.atomic
def assign_readers(event: Event, *, how: str, axis: str = "", reader: int | None = None, actor: Actor, at: datetime) -> int:
    """Ask readers; answer how many readings were asked. What was asked before stays.

    Args:
        how: «load» and «random» give each proposal the readers that it lacks; «axis» gives one reader all of an axis.
        reader: the account that an axis is given to.

    Raises:
        NotAllowed: the actor does not choose here.
        NotReader: that account does not read here.
        NobodyToRead: there was nothing to ask, or nobody to ask.
    """
    require(may_choose(actor, event))
    readers = readers_of(event)
    found = Proposal.objects.filter(event=event, state=Proposal.State.PUBLISHED, decision=None)
    if axis:
        found = found.filter(axis__slug=axis)
    proposals = list(found.prefetch_related("authors", "assignments").order_by("published_at", "id"))
    conflicts = set(Conflict.objects.filter(proposal__event=event).values_list("proposal_id", "account_id"))
    if how == Assignment.How.AXIS:
        readers = [one for one in readers if one.account_id == reader]
        if not readers:
            raise NotReader()
        pairs = [(proposal, readers[0]) for proposal in proposals if _may(readers[0], proposal, conflicts)]
    else:
        choosing = choosing_of(event)
        wanted = choosing.readers_each if choosing is not None else DEFAULT_READERS
        pairs = _shared_out(proposals, readers, conflicts, wanted=wanted, by_load=how == Assignment.How.LOAD)
    if not pairs:
        raise NobodyToRead()
    kind = how if how in Assignment.How.values else Assignment.How.LOAD
    Assignment.objects.bulk_create(
        Assignment(proposal=proposal, account_id=one.account_id, how=kind, made_at=at) for proposal, one in pairs
    )
    record("call.readers_assigned", actor=actor, at=at, event_id=event.pk, about=event, how=kind, count=len(pairs))
    return len(pairs)


def _may(reader: Reader, proposal: Proposal, conflicts: set[tuple[int, int]]) -> bool:
    """Whether a reader can be asked: not an author, not in conflict, not asked yet."""
    hers = any(
        author.email and (author.account_id == reader.account_id or author.email == reader.email)
        for author in proposal.authors.all()
    )
    asked = any(one.account_id == reader.account_id for one in proposal.assignments.all())
    return not hers and not asked and (proposal.pk, reader.account_id) not in conflicts


def _shared_out(
    proposals: list[Proposal], readers: list[Reader], conflicts: set[tuple[int, int]], *, wanted: int, by_load: bool
) -> list[tuple[Proposal, Reader]]:
    """Who is asked what, so that each proposal has as many readers as wanted, as far as there are."""
    chance = secrets.SystemRandom()
    loads = Counter(one.account_id for proposal in proposals for one in proposal.assignments.all())
    pairs = []
    for proposal in proposals:
        asked = [one for one in proposal.assignments.all() if (proposal.pk, one.account_id) not in conflicts]
        able = [reader for reader in readers if _may(reader, proposal, conflicts)]
        chance.shuffle(able)
        if by_load:
            able.sort(key=lambda reader: loads[reader.account_id])
        for reader in able[: max(0, wanted - len(asked))]:
            loads[reader.account_id] += 1
            pairs.append((proposal, reader))
    return pairs


@transaction.atomic
def assign_by_hand(proposal: Proposal, *, reader: int, actor: Actor, at: datetime) -> None:
    """Ask one person to read one proposal.

    Raises:
        NotAllowed: the actor does not choose here.
        NotReader: she does not read here, or cannot read this one.
    """
    require(may_choose(actor, proposal.event))
    conflicts = set(Conflict.objects.filter(proposal=proposal).values_list("proposal_id", "account_id"))
    able = [one for one in readers_of(proposal.event) if one.account_id == reader and _may(one, proposal, conflicts)]
    if not able:
        raise NotReader()
    Assignment.objects.create(proposal=proposal, account_id=reader, how=Assignment.How.HAND, made_at=at)
    record(
        "call.readers_assigned",
        actor=actor,
        at=at,
        event_id=proposal.event_id,
        about=proposal,
        how=Assignment.How.HAND,
        count=1,
    )
