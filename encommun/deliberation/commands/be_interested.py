"""«I am interested»: say so, prove the address, take it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from encommun.deliberation.models import Interest
from encommun.deliberation.queries import codes_of
from encommun.deliberation.refusals import TooManyInterests, TopicClosed
from encommun.deliberation.rules import MOST_INTERESTS
from encommun.deliberation.topic import Topic
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.foundation.text import clean_email
from encommun.journal.commands import record


@transaction.atomic
def be_interested(topic: Topic, *, email: str, actor: Actor, at: datetime) -> Interest:
    """Mark a topic. From an account it counts at once; otherwise once its letter was answered.

    Raises:
        TopicClosed: it is no longer public.
        TooManyInterests: more than anybody can attend.
    """
    require(True if topic.is_open else TopicClosed())
    email = clean_email(email)
    proven = actor.is_signed_in and actor.email == email
    found = Interest.objects.filter(
        event=topic.event, topic_kind=topic.kind, topic_code__in=codes_of(topic.event, topic.kind, topic.code), email=email
    ).first()
    if found is None:
        if Interest.objects.filter(event=topic.event, email=email).count() >= MOST_INTERESTS:
            raise TooManyInterests(most=MOST_INTERESTS)
        found = Interest.objects.create(
            event=topic.event,
            topic_kind=topic.kind,
            topic_code=topic.code,
            account_id=actor.account_id if proven else None,
            email=email,
            language=get_language() or "fr",
            made_at=at,
        )
    if found.proven_at is None and proven:
        _prove(found, at=at)
    kind = "deliberation.interest_said" if proven else "deliberation.interest_begun"
    record(kind, actor=actor, at=at, event_id=topic.event.pk, about=found)
    return found


def _prove(found: Interest, *, at: datetime) -> None:
    found.proven_at = at
    found.save(update_fields=["proven_at"])


@transaction.atomic
def confirm_interest(found: Interest, *, actor: Actor, at: datetime) -> None:
    """Its letter was answered: it counts. Whoever calls has checked the token of the letter."""
    if found.proven_at is None:
        _prove(found, at=at)
        record("deliberation.interest_said", actor=actor, at=at, event_id=found.event_id, about=found)


@transaction.atomic
def forget_interest(topic: Topic, *, actor: Actor, at: datetime) -> None:
    """Take one's interest back, as the person signed in.

    Raises:
        NotFound: nobody is signed in, or it was not marked.
    """
    codes = codes_of(topic.event, topic.kind, topic.code)
    hers = Interest.objects.filter(event=topic.event, topic_kind=topic.kind, topic_code__in=codes, email=actor.email)
    if not actor.is_signed_in or not (rows := list(hers)):
        raise NotFound()
    _forget(rows, actor=actor, at=at)


@transaction.atomic
def drop_interest(found: Interest, *, actor: Actor, at: datetime) -> None:
    """Take one's interest back through the link of its letter. Whoever calls has checked the token."""
    _forget([found], actor=actor, at=at)


def _forget(rows: list[Interest], *, actor: Actor, at: datetime) -> None:
    for row in rows:
        record("deliberation.interest_taken_back", actor=actor, at=at, event_id=row.event_id, about=row)
        row.delete()
