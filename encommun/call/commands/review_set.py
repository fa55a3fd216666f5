"""Say how proposals are chosen: phases, criteria, method."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from encommun.call.models import Choosing, Criterion, PhaseBegun
from encommun.call.refusals import NoCriteria, UnknownChoice
from encommun.call.rules import may_choose
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line, clean_text
from encommun.journal.commands import record

MOST_READERS = 9


@transaction.atomic
def set_choosing(
    event: Event,
    *,
    phase: str,
    is_anonymous: bool,
    readers_each: int,
    method: dict[str, str],
    actor: Actor,
    at: datetime,
) -> Choosing:
    """Say in which phase it is, whether authors are hidden from readers, and how it is done; each phase is dated in public.

    Raises:
        NotAllowed: the actor does not choose here.
        UnknownChoice: not a phase, or too many readers.
        NoCriteria: reading would begin without a criterion.
    """
    require(may_choose(actor, event))
    if phase not in Choosing.Phase.values or not 1 <= readers_each <= MOST_READERS:
        raise UnknownChoice(choice=phase if phase not in Choosing.Phase.values else readers_each)
    if phase == Choosing.Phase.READING and not Criterion.objects.filter(event=event).exists():
        raise NoCriteria()
    former = Choosing.objects.select_for_update().filter(event=event).first()
    was = (former.phase, former.is_anonymous) if former is not None else (Choosing.Phase.BEFORE, False)
    texts = {language: clean_text(text) for language, text in method.items() if clean_text(text)}
    values: dict[str, Any] = {"phase": phase, "is_anonymous": is_anonymous, "readers_each": readers_each, "method": texts}
    choosing, _made = Choosing.objects.update_or_create(event=event, defaults=values)
    if was != (phase, is_anonymous):
        PhaseBegun.objects.create(choosing=choosing, phase=phase, is_anonymous=is_anonymous, began_at=at)
    record(
        "call.choosing_set",
        actor=actor,
        at=at,
        event_id=event.pk,
        about=choosing,
        public=True,
        phase=phase,
        is_anonymous=is_anonymous,
    )
    return choosing


@transaction.atomic
def write_criterion(
    event: Event,
    *,
    question: dict[str, str],
    low: dict[str, str],
    middle: dict[str, str],
    high: dict[str, str],
    criterion: Criterion | None = None,
    actor: Actor,
    at: datetime,
) -> Criterion:
    """Write a criterion: a question and its three answers in words, or change one.

    Raises:
        NotAllowed: the actor does not choose here.
        UnknownChoice: the question, or an answer, has no words.
    """
    require(may_choose(actor, event))
    texts = {"question": question, "low": low, "middle": middle, "high": high}
    cleaned = {
        name: {language: clean_line(words) for language, words in text.items() if clean_line(words)} for name, text in texts.items()
    }
    if not all(cleaned.values()):
        raise UnknownChoice(choice="…")
    last = Criterion.objects.filter(event=event).aggregate(Max("position"))["position__max"]
    criterion = criterion or Criterion(event=event, position=(last or 0) + 1)
    for name, text in cleaned.items():
        setattr(criterion, name, text)
    criterion.save()
    record("call.criterion_written", actor=actor, at=at, event_id=event.pk, about=criterion, public=True)
    return criterion


@transaction.atomic
def drop_criterion(criterion: Criterion, *, actor: Actor, at: datetime) -> None:
    """Take a criterion away; what readers chose for it is no longer counted.

    Raises:
        NotAllowed: the actor does not choose here.
    """
    require(may_choose(actor, criterion.event))
    record("call.criterion_dropped", actor=actor, at=at, event_id=criterion.event_id, about=criterion, public=True)
    criterion.delete()
