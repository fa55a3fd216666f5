"""Compose what is asked of holders."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line, clean_text
from encommun.journal.commands import record
from encommun.registration.models import PassType, Question
from encommun.registration.refusals import QuestionDoesNotHold
from encommun.registration.rules import keeps_registration


@dataclass(frozen=True, kw_only=True)
class QuestionText:
    """A question of the team."""

    kind: str
    label: dict[str, str]
    help: dict[str, str] = field(default_factory=dict)
    choices: Sequence[dict[str, str]] = ()
    passes: Sequence[int] = ()
    is_required: bool = False


@transaction.atomic
def compose_question(
    event: Event, asked: QuestionText, *, question: Question | None = None, actor: Actor, at: datetime
) -> Question:
    """Ask a question, or change its words. Answers given keep their place: choices are only added at the end.

    Raises:
        NotAllowed, QuestionDoesNotHold
    """
    require(keeps_registration(actor, event.pk))
    label = {language: clean_line(words)[:200] for language, words in asked.label.items() if clean_line(words)}
    choices = [{language: clean_line(words)[:120] for language, words in one.items() if clean_line(words)} for one in asked.choices]
    choices = [one for one in choices if one]
    is_choice = asked.kind == Question.Kind.CHOICE
    if not label.get("fr") or asked.kind not in Question.Kind.values or (is_choice and len(choices) < 2):
        raise QuestionDoesNotHold()
    found = question or Question(event=event, position=Question.objects.filter(event=event).count() + 1)
    if question is not None and question.answers.exists() and (question.kind != asked.kind or len(choices) < len(question.choices)):
        raise QuestionDoesNotHold()
    found.kind, found.label, found.choices, found.is_required = asked.kind, label, choices if is_choice else [], asked.is_required
    found.help = {language: clean_text(words)[:500] for language, words in asked.help.items() if clean_text(words)}
    known = set(PassType.objects.filter(event=event).values_list("number", flat=True))
    found.passes = sorted(known & set(asked.passes))
    found.save()
    record("registration.question_composed", actor=actor, at=at, event_id=event.pk, about=event, question=found.pk)
    return found


@transaction.atomic
def withdraw_question(question: Question, *, actor: Actor, at: datetime) -> None:
    """Ask it no more. Answers given stay until they are erased.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, question.event_id))
    question.withdrawn_at = at
    question.save(update_fields=["withdrawn_at"])
    record(
        "registration.question_withdrawn",
        actor=actor,
        at=at,
        event_id=question.event_id,
        about=question.event,
        question=question.pk,
    )
