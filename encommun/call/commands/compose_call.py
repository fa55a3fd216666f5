"""Compose the call: its text and dates, its formats, its questions, links for those who are late, or a copy of another call."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from encommun.call.models import Call, Extension, Format, LateLink, Question
from encommun.call.refusals import FormatUsed, NoCall, QuestionIncomplete, ReasonMissing, WrongDates
from encommun.call.rules import call_of, may_choose
from encommun.events.models import Axis, Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record


@transaction.atomic
def write_call(
    event: Event,
    *,
    instruction: dict[str, str],
    opens_at: datetime,
    closes_at: datetime,
    reason: str = "",
    reads_first: bool = False,
    actor: Actor,
    at: datetime,
) -> Call:
    """Write the text and the dates. A deadline put off once the call is open is told to everyone, with its reason.

    Raises:
        NotAllowed: the actor does not choose here.
        WrongDates: it would close before it opens.
        ReasonMissing: the deadline is put off without a reason.
    """
    require(may_choose(actor, event))
    if closes_at <= opens_at:
        raise WrongDates()
    former = call_of(event)
    put_off = former is not None and former.opens_at <= at and closes_at > former.closes_at
    if put_off and not clean_line(reason):
        raise ReasonMissing()
    was = {"opens_at": former.opens_at.isoformat(), "closes_at": former.closes_at.isoformat()} if former is not None else {}
    is_text_changed = former is not None and dict(former.instruction) != {name: text for name, text in instruction.items() if text}
    facts = {"instruction": instruction, "opens_at": opens_at, "closes_at": closes_at, "reads_first": reads_first}
    call, made = Call.objects.update_or_create(event=event, defaults=facts)
    if put_off:
        said = {"former": former.closes_at, "closes_at": closes_at, "reason": clean_line(reason)[:300], "at": at}
        Extension.objects.create(call=call, **said)
    kind = "call.opened" if made else "call.extended" if put_off else "call.changed"
    event.call = call
    now = {"opens_at": opens_at.isoformat(), "closes_at": closes_at.isoformat()}
    told = {"was": was, "now": now, "is_text_changed": is_text_changed}
    record(kind, actor=actor, at=at, event_id=event.pk, about=call, public=True, closes_at=closes_at.isoformat(), **told)
    return call


@dataclass(frozen=True, kw_only=True)
class FormatText:
    """A format as the team writes it; dates of its own when they differ from the call's."""

    name: dict[str, str]
    purpose: dict[str, str] = field(default_factory=dict)
    minutes: int = 60
    is_free: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@transaction.atomic
def write_format(event: Event, text: FormatText, *, format: Format | None = None, actor: Actor, at: datetime) -> Format:
    """Add a format, or change one.

    Raises:
        NotAllowed: the actor does not choose here.
        NoCall: the event has no call yet.
        WrongDates: it would close before it opens.
    """
    require(may_choose(actor, event))
    if call_of(event) is None:
        raise NoCall()
    if text.opens_at and text.closes_at and text.closes_at <= text.opens_at:
        raise WrongDates()
    if format is None:
        last = event.formats.aggregate(Max("position"))["position__max"]
        format = Format(event=event, slug=new_code(8).lower(), position=0 if last is None else last + 1)
    was = _facts_of(format) if format.pk is not None else None
    for name in ("name", "purpose", "minutes", "is_free", "opens_at", "closes_at"):
        setattr(format, name, getattr(text, name))
    format.save()
    told = {"format": format.slug, "was": was, "now": _facts_of(format)}
    record("call.format_written", actor=actor, at=at, event_id=event.pk, about=call_of(event), public=True, **told)
    return format


def _facts_of(format: Format) -> dict[str, object]:
    """What the journal tells of a format."""
    moments = {name: moment.isoformat() if (moment := getattr(format, name)) else None for name in ("opens_at", "closes_at")}
    return {"name": dict(format.name), "minutes": format.minutes} | moments


@transaction.atomic
def remove_format(event: Event, format: Format, *, actor: Actor, at: datetime) -> None:
    """Take a format away that no proposal uses.

    Raises:
        NotAllowed: the actor does not choose here.
        FormatUsed: proposals use it.
    """
    require(may_choose(actor, event))
    if format.proposals.exists():
        raise FormatUsed()
    record("call.format_removed", actor=actor, at=at, event_id=event.pk, about=call_of(event), public=True, format=format.slug)
    format.delete()


@dataclass(frozen=True, kw_only=True)
class QuestionText:
    """A question as the team writes it."""

    kind: str
    label: dict[str, str]
    help: dict[str, str] = field(default_factory=dict)
    choices: list[dict[str, str]] = field(default_factory=list)
    least: int | None = None
    most: int | None = None
    is_required: bool = False
    is_public: bool = True
    axis: Axis | None = None
    format: Format | None = None


@transaction.atomic
def write_question(event: Event, text: QuestionText, *, question: Question | None = None, actor: Actor, at: datetime) -> Question:
    """Add a question, or change one; answers given stay.

    Raises:
        NotAllowed: the actor does not choose here.
        NoCall: the event has no call yet.
        QuestionIncomplete: no words, not a kind, a choice of fewer than two, or limits that cross.
    """
    require(may_choose(actor, event))
    if call_of(event) is None:
        raise NoCall()
    choosing = text.kind in (Question.Kind.ONE, Question.Kind.SEVERAL)
    crossed = text.least is not None and text.most is not None and text.least > text.most
    if not any(text.label.values()) or text.kind not in Question.Kind.values or (choosing and len(text.choices) < 2) or crossed:
        raise QuestionIncomplete()
    if question is None:
        last = event.questions.aggregate(Max("position"))["position__max"]
        question = Question(event=event, position=0 if last is None else last + 1)
    for name in ("kind", "label", "help", "choices", "least", "most", "is_required", "is_public", "axis", "format"):
        setattr(question, name, getattr(text, name))
    question.save()
    record(
        "call.question_written", actor=actor, at=at, event_id=event.pk, about=call_of(event), public=True, question=question.code
    )
    return question


@transaction.atomic
def remove_question(event: Event, question: Question, *, actor: Actor, at: datetime) -> None:
    """Ask it no more; answers given stay in the versions.

    Raises:
        NotAllowed: the actor does not choose here.
    """
    require(may_choose(actor, event))
    record(
        "call.question_removed", actor=actor, at=at, event_id=event.pk, about=call_of(event), public=True, question=question.code
    )
    question.delete()


@transaction.atomic
def make_late_link(event: Event, *, words: str, until: datetime, actor: Actor, at: datetime) -> LateLink:
    """Make a secret address by which one may still propose and publish until then.

    Raises:
        NotAllowed: the actor does not choose here.
        NoCall, ReasonMissing, WrongDates: no call, no words for what it is, or a moment that is past.
    """
    require(may_choose(actor, event))
    if (call := call_of(event)) is None:
        raise NoCall()
    if not (words := clean_line(words)):
        raise ReasonMissing()
    if until <= at:
        raise WrongDates()
    link = LateLink.objects.create(call=call, words=words[:120], until=until, made_at=at)
    record("call.late_link_made", actor=actor, at=at, event_id=event.pk, about=call, until=until.isoformat())
    return link


@transaction.atomic
def end_late_link(event: Event, link: LateLink, *, actor: Actor, at: datetime) -> None:
    """It opens nothing any more; drafts begun by it keep their delay.

    Raises:
        NotAllowed: the actor does not choose here.
    """
    require(may_choose(actor, event))
    LateLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=at)
    record("call.late_link_ended", actor=actor, at=at, event_id=event.pk, about=link.call)


@transaction.atomic
def copy_call(event: Event, source: Event, *, opens_at: datetime, closes_at: datetime, actor: Actor, at: datetime) -> Call:
    """Begin with the text, formats and questions of another event's call: never its people, proposals or links.

    Raises:
        NotAllowed: the actor does not choose here.
        NoCall: the other event has none.
        WrongDates: it would close before it opens.
    """
    if (former := call_of(source)) is None:
        raise NoCall()
    call = write_call(
        event,
        instruction=former.instruction,
        opens_at=opens_at,
        closes_at=closes_at,
        reason="—",
        reads_first=former.reads_first,
        actor=actor,
        at=at,
    )
    names = ("name", "purpose", "minutes", "is_free", "position")
    for format in source.formats.all():
        Format.objects.get_or_create(event=event, slug=format.slug, defaults={name: getattr(format, name) for name in names})
    formats = {format.slug: format for format in event.formats.all()}
    axes = {axis.slug: axis for axis in event.axes.all()}
    kept = ("kind", "label", "help", "choices", "least", "most", "is_required", "is_public", "position")
    for asked in source.questions.select_related("axis", "format"):
        where = {
            "axis": axes.get(asked.axis.slug) if asked.axis else None,
            "format": formats.get(asked.format.slug) if asked.format else None,
        }
        values = {name: getattr(asked, name) for name in kept} | where
        Question.objects.get_or_create(event=event, code=asked.code, defaults=values)
    return call
