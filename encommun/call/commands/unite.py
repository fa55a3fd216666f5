"""Make one proposal of two, once everybody has said yes; and two of one again within the week."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Max

from encommun.call.commands.save_draft import keep_revision
from encommun.call.content import NAMES, Content
from encommun.call.models import Author, Help, Merge, Proposal, Suggestion, Wanted
from encommun.call.queries import content_at
from encommun.call.rules import may_undo_merge
from encommun.call.search import index
from encommun.deliberation.commands import move_topic, move_topic_back
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record

MOVING = (Wanted, Help, Suggestion)
TOPIC = "proposal"


def unite(merge: Merge, *, actor: Actor, at: datetime) -> None:
    """Give ``into`` the text agreed upon and everybody and everything of ``other``, whose address leads there from now on."""
    into, other = (Proposal.objects.select_for_update().get(pk=key) for key in (merge.into_id, merge.other_id))
    merge.former = into.version
    _write(into, Content.kept(merge.fields), actor=actor, at=at)
    merge.moved = {model._meta.label: _move(model, other, into) for model in MOVING} | {"call.Author": _move_authors(other, into)}
    other.state, other.merged_into, other.saved_at = Proposal.State.MERGED, into, at
    other.save(update_fields=["state", "merged_into", "saved_at"])
    merge.state, merge.ended_at = Merge.State.DONE, at
    merge.save(update_fields=["state", "ended_at", "moved", "former"])
    move_topic(merge.into.event, TOPIC, other.code, into.code, actor=actor, at=at)
    facts = {"other": other.code, "merge": merge.pk, "authors": merge.moved["call.Author"]}
    record("call.proposals_merged", actor=actor, at=at, event_id=into.event_id, about=into, public=True, **facts)


def _write(proposal: Proposal, content: Content, *, actor: Actor, at: datetime) -> None:
    changed = content.changed_from(Content.of(proposal).as_json())
    content.put_on(proposal)
    proposal.version, proposal.saved_at = proposal.version + 1, at
    proposal.save(update_fields=[*NAMES, "version", "saved_at"])
    index(proposal)
    keep_revision(proposal, content, actor=actor, at=at, changed=changed)


def _move(model: type[Wanted | Help | Suggestion], other: Proposal, into: Proposal) -> list[int]:
    rows = model.objects.filter(proposal=other)
    keys = list(rows.values_list("pk", flat=True))
    rows.update(proposal=into)
    return keys


def _move_authors(other: Proposal, into: Proposal) -> list[int]:
    """Move authors with their links and consents; one who wrote both keeps her place in ``into``."""
    there = set(Author.with_former.filter(proposal=into).exclude(email="").values_list("email", flat=True))
    last = Author.with_former.filter(proposal=into).aggregate(Max("position"))["position__max"] or 0
    going = Author.objects.filter(proposal=other).exclude(email__in=there)
    keys = list(going.values_list("pk", flat=True))
    going.update(proposal=into, position=F("position") + last + 1)
    return keys


@transaction.atomic
def undo_merge(merge: Merge, *, actor: Actor, at: datetime) -> None:
    """Give each proposal its text, its people and its address again. What was written meanwhile stays a version.

    Raises:
        NotFound, OnlyHelps, AlreadyWithdrawn: the actor does not build it, or it was withdrawn.
        TooLateToUndo: a week has passed, or it was undone before.
    """
    into = Proposal.objects.select_for_update().get(pk=merge.into_id)
    merge.state = Merge.objects.values_list("state", flat=True).get(pk=merge.pk)
    require(may_undo_merge(actor, merge, at))
    other = Proposal.objects.select_for_update().get(pk=merge.other_id)
    former = content_at(into, merge.former)
    if former is not None:
        _write(into, former, actor=actor, at=at)
    for model in (*MOVING, Author):
        manager = model.with_former if model is Author else model.objects
        manager.filter(pk__in=merge.moved.get(model._meta.label, []), proposal=into).update(proposal=other)
    other.state, other.merged_into = Proposal.State.PUBLISHED, None
    other.save(update_fields=["state", "merged_into"])
    merge.state, merge.ended_at = Merge.State.UNDONE, at
    merge.save(update_fields=["state", "ended_at"])
    move_topic_back(merge.into.event, TOPIC, other.code, actor=actor, at=at)
    facts = {"other": other.code, "merge": merge.pk, "authors": merge.moved["call.Author"]}
    record("call.merge_undone", actor=actor, at=at, event_id=into.event_id, about=into, public=True, **facts)
