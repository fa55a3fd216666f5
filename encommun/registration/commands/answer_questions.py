"""Answer what the team asks of who comes."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.foundation.text import clean_line, clean_text
from encommun.journal.commands import record
from encommun.registration.models import Answer, Booking, Question, Seat
from encommun.registration.refusals import AnswerMissing
from encommun.registration.rules import may_answer


@transaction.atomic
def answer_questions(seat: Seat, answers: Mapping[int, str], *, actor: Actor, at: datetime) -> None:
    """Write the holder's answers, by question. An empty one erases what was answered.

    Raises:
        NotAllowed, BookingEnded, BookingLapsed, NotFound, AnswerMissing
    """
    booking = Booking.objects.select_for_update().get(pk=seat.booking_id)
    seat.booking = booking
    require(may_answer(actor, seat))
    asked = Question.objects.filter(event_id=booking.event_id, withdrawn_at=None)
    questions = {question.pk: question for question in asked if question.is_for(seat.pass_type.number)}
    if set(answers) - set(questions):
        raise NotFound()
    for question in questions.values():
        _write(seat, question, _clean(question, answers.get(question.pk, "")))
    Seat.objects.filter(pk=seat.pk).update(answered_at=at)
    record("registration.questions_answered", actor=actor, at=at, event_id=booking.event_id, about=seat)


def _clean(question: Question, typed: str) -> str:
    value = (clean_text if question.kind == Question.Kind.TEXT else clean_line)(typed)[:2000]
    known = {Question.Kind.YES: {"yes", "no"}, Question.Kind.CHOICE: {str(n) for n in range(len(question.choices))}}
    strange = bool(value) and question.kind in known and value not in known[question.kind]
    if strange or (question.is_required and not value):
        raise AnswerMissing(question=question.label)
    return value


def _write(seat: Seat, question: Question, value: str) -> None:
    if value:
        Answer.objects.update_or_create(seat=seat, question=question, defaults={"holder_answer": value})
    else:
        Answer.objects.filter(seat=seat, question=question).delete()
