"""An author takes a suggestion up, or declines it with a word."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from encommun.call.commands.edit_proposal import edit_proposal
from encommun.call.content import Content
from encommun.call.models import Proposal, Suggestion
from encommun.call.rules import may_answer_suggestion
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_text
from encommun.journal.commands import record


@transaction.atomic
def take_suggestion(suggestion: Suggestion, *, version: int, actor: Actor, at: datetime) -> None:
    """Put the suggested text in its field; whose idea it was stays in the history.

    Raises:
        NotFound, OnlyHelps, AlreadyWithdrawn: the actor does not build the proposal, or it was withdrawn.
        SuggestionAnswered: it was answered or taken back before.
        ChangedMeanwhile: the proposal was saved since the author saw the differences.
    """
    _lock(suggestion)
    require(may_answer_suggestion(actor, suggestion))
    content = replace(Content.of(suggestion.proposal), **{suggestion.field: suggestion.text})
    edit_proposal(suggestion.proposal, content, version=version, actor=actor, at=at, suggestion=suggestion)
    _answer(suggestion, Suggestion.State.TAKEN, "", actor=actor, at=at)


@transaction.atomic
def decline_suggestion(suggestion: Suggestion, *, words: str = "", actor: Actor, at: datetime) -> None:
    """Thank, and keep one's own words.

    Raises:
        NotFound, OnlyHelps, AlreadyWithdrawn: the actor does not build the proposal, or it was withdrawn.
        SuggestionAnswered: it was answered or taken back before.
    """
    _lock(suggestion)
    require(may_answer_suggestion(actor, suggestion))
    _answer(suggestion, Suggestion.State.DECLINED, words, actor=actor, at=at)


def _lock(suggestion: Suggestion) -> None:
    Proposal.objects.select_for_update().filter(pk=suggestion.proposal_id).first()
    suggestion.state = Suggestion.objects.values_list("state", flat=True).get(pk=suggestion.pk)


def _answer(suggestion: Suggestion, state: str, words: str, *, actor: Actor, at: datetime) -> None:
    suggestion.state, suggestion.answered_at, suggestion.answer = state, at, clean_text(words)
    suggestion.save(update_fields=["state", "answered_at", "answer"])
    record(
        "call.suggestion_answered",
        actor=actor,
        at=at,
        event_id=suggestion.proposal.event_id,
        about=suggestion.proposal,
        suggestion=suggestion.pk,
        taken=state == Suggestion.State.TAKEN,
    )
