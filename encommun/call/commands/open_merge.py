"""Ask that two proposals become one, and answer."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from encommun.call.commands.unite import unite
from encommun.call.content import LONG, Content
from encommun.call.models import Format, Merge, MergeYes, Proposal
from encommun.call.refusals import MergeEnded, MergeWaiting
from encommun.call.rules import asked_to_merge, author_among, is_complete, may_answer_merge, may_merge, may_see_merge
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import ChangedMeanwhile, require
from encommun.foundation.text import clean_text
from encommun.journal.commands import record


@transaction.atomic
def open_merge(into: Proposal, other: Proposal, *, words: str, actor: Actor, at: datetime) -> Merge:
    """Ask everybody who wrote one or the other. Who asks as an author has said yes to the first text, both joined.

    Raises:
        NotFound: the actor is an author of neither, nor of the programme team.
        NotToMerge: one is not public, they are one, or the second has its answer.
        MergeWaiting: one of them is being merged already.
    """
    list(Proposal.objects.select_for_update().filter(pk__in=(into.pk, other.pk)).order_by("pk"))
    require(may_merge(actor, into, other))
    both = (into.pk, other.pk)
    if Merge.objects.filter(Q(into__in=both) | Q(other__in=both), state=Merge.State.OPEN).exists():
        raise MergeWaiting()
    me = author_among(actor, into) or author_among(actor, other)
    text = both_texts(into, other).as_json()
    try:
        with transaction.atomic():
            merge = Merge.objects.create(into=into, other=other, opened_by=me, words=clean_text(words), fields=text, made_at=at)
    except IntegrityError as error:
        raise MergeWaiting() from error
    record("call.merge_opened", actor=actor, at=at, event_id=into.event_id, about=into, other=other.code, merge=merge.pk)
    if me is not None and me in asked_to_merge(merge):
        _say_yes(merge, actor=actor, at=at)
    return merge


def both_texts(into: Proposal, other: Proposal) -> Content:
    """A text to begin with: the first one's choices, and the long texts of both, one under the other."""
    first, second = Content.of(into), Content.of(other)
    joined = {
        name: "\n\n".join(dict.fromkeys(filter(None, (getattr(first, name), getattr(second, name)))))[: LENGTHS[name]]
        for name in LONG
    }
    answers = second.answers | first.answers
    equipment = [*first.equipment, *(one for one in second.equipment if one not in first.equipment)]
    return Content(**first.as_json() | joined | {"answers": answers, "equipment": equipment})


LENGTHS = {"intention": 4000, "participants_do": 3000, "participants_leave_with": 3000, "needs": 2000}


@transaction.atomic
def accept_merge(merge: Merge, *, round: int, actor: Actor, at: datetime) -> None:
    """Say yes to the text of a round; the last yes merges.

    Raises:
        NotFound, MergeEnded: the actor is not asked, or it ended before.
        ChangedMeanwhile: the text changed since she read it.
    """
    _lock(merge)
    require(may_answer_merge(actor, merge))
    if round != merge.round:
        raise ChangedMeanwhile()
    _say_yes(merge, actor=actor, at=at)


@transaction.atomic
def reword_merge(merge: Merge, content: Content, *, round: int, actor: Actor, at: datetime) -> None:
    """Change the text of the merge: the others are asked again.

    Raises:
        NotFound, MergeEnded: the actor is not asked, or it ended before.
        NotComplete: something that readers need would be missing.
        ChangedMeanwhile: somebody else changed it first.
    """
    _lock(merge)
    require(may_answer_merge(actor, merge))
    if round != merge.round:
        raise ChangedMeanwhile()
    content = content.cleaned()
    is_free = Format.objects.filter(event_id=merge.into.event_id, slug=content.format, is_free=True).exists()
    require(is_complete(content, is_free))
    if content.as_json() != merge.fields:
        merge.fields, merge.round = content.as_json(), merge.round + 1
        merge.save(update_fields=["fields", "round"])
        _record("call.merge_reworded", merge, actor=actor, at=at, round=merge.round)
    _say_yes(merge, actor=actor, at=at)


@transaction.atomic
def decline_merge(merge: Merge, *, words: str = "", actor: Actor, at: datetime) -> None:
    """Say no: each stays what it is.

    Raises:
        NotFound, MergeEnded: the actor is not asked, or it ended before.
    """
    _lock(merge)
    require(may_answer_merge(actor, merge))
    _end(merge, Merge.State.DECLINED, at=at)
    merge.words = clean_text(words) or merge.words
    merge.save(update_fields=["words"])
    _record("call.merge_declined", merge, actor=actor, at=at)


@transaction.atomic
def take_merge_back(merge: Merge, *, actor: Actor, at: datetime) -> None:
    """The one who asked, or the team, asks no more.

    Raises:
        NotFound, MergeEnded: the actor is not of them, or it ended before.
    """
    _lock(merge)
    require(may_see_merge(actor, merge))
    if merge.state != Merge.State.OPEN:
        raise MergeEnded()
    _end(merge, Merge.State.TAKEN_BACK, at=at)
    _record("call.merge_taken_back", merge, actor=actor, at=at)


def _lock(merge: Merge) -> None:
    now = Merge.objects.select_for_update().get(pk=merge.pk)
    merge.state, merge.round, merge.fields = now.state, now.round, now.fields


def _say_yes(merge: Merge, *, actor: Actor, at: datetime) -> None:
    asked = asked_to_merge(merge)
    me = author_among(actor, merge.into), author_among(actor, merge.other)
    mine = {author.email for author in me if author is not None}  # who wrote both says yes once
    for author in asked:
        if author.email in mine:
            MergeYes.objects.get_or_create(merge=merge, author=author, round=merge.round, defaults={"at": at})
    _record("call.merge_accepted", merge, actor=actor, at=at, round=merge.round)
    said = set(MergeYes.objects.filter(merge=merge, round=merge.round).values_list("author_id", flat=True))
    if {author.pk for author in asked} <= said:
        unite(merge, actor=actor, at=at)


def _end(merge: Merge, state: str, *, at: datetime) -> None:
    merge.state, merge.ended_at = state, at
    merge.save(update_fields=["state", "ended_at"])


def _record(kind: str, merge: Merge, *, actor: Actor, at: datetime, **facts: object) -> None:
    more = {"other": merge.other.code, "merge": merge.pk}
    record(kind, actor=actor, at=at, event_id=merge.into.event_id, about=merge.into, **more, **facts)
