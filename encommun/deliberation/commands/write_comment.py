"""Write a message about a topic; confirm the address it was written with."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from encommun.deliberation import consents
from encommun.deliberation.models import Comment
from encommun.deliberation.queries import talk_of
from encommun.deliberation.refusals import AlreadyProven, NothingWritten, TooLong
from encommun.deliberation.rules import LONGEST, is_writer, may_answer, may_comment
from encommun.deliberation.topic import Topic, topic_named
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.foundation.text import clean_email, clean_line, clean_text
from encommun.journal.commands import record
from encommun.journal.rules import reference
from encommun.privacy.commands import give_consent


@transaction.atomic
def write_comment(
    topic: Topic,
    *,
    words: str,
    email: str,
    name: str = "",
    publish_name: bool = False,
    follow: bool = False,
    parent: Comment | None = None,
    actor: Actor,
    at: datetime,
) -> Comment:
    """Write a message. From an account it is shown at once (or waits for the team); otherwise once its letter was opened.

    Raises:
        TopicClosed, TalkClosed, NotShown: nobody writes here now, or what is answered is not shown.
        NothingWritten, TooLong: no words, or more than there is room for.
    """
    require(may_comment(topic, talk_of(topic.event, topic.kind), at))
    if parent is not None:
        require(may_answer(parent))
    words, email, name = clean_words(words), clean_email(email), clean_line(name)[:120]
    proven = actor.is_signed_in and actor.email == email
    same = Comment.objects.filter(event=topic.event, topic_kind=topic.kind, topic_code=topic.code, email=email, words=words)
    if (former := same.exclude(state__in=(Comment.State.WITHDRAWN, Comment.State.REMOVED)).first()) is not None:
        return former
    comment = Comment.objects.create(
        event=topic.event,
        topic_kind=topic.kind,
        topic_code=topic.code,
        parent=(parent.parent or parent) if parent is not None else None,
        account_id=actor.account_id if proven else None,
        email=email,
        author_name=name,
        name_is_public=publish_name and bool(name),
        follows=follow,
        words=words,
        language=get_language() or "fr",
        made_at=at,
    )
    if proven:
        _let_in(comment, topic, actor=actor, at=at)
    else:
        record("deliberation.comment_begun", actor=actor, at=at, event_id=topic.event.pk, about=comment)
    return comment


def clean_words(typed: str) -> str:
    """The words of a message.

    Raises:
        NothingWritten, TooLong: no words, or more than there is room for.
    """
    words = clean_text(typed)
    if not words:
        raise NothingWritten()
    if len(words) > LONGEST:
        raise TooLong(most=LONGEST)
    return words


@transaction.atomic
def confirm_comment(comment: Comment, *, actor: Actor, at: datetime) -> None:
    """The letter was opened: the address is hers, and the message is shown, or waits for the team.

    Raises:
        NotFound: it is somebody else's.
        AlreadyProven: it was confirmed, withdrawn or removed before.
        TopicClosed, TalkClosed: nobody writes here now.
    """
    comment = Comment.objects.select_for_update(of=("self",)).select_related("event").get(pk=comment.pk)
    require(is_writer(actor, comment))
    if comment.state != Comment.State.UNPROVEN:
        raise AlreadyProven()
    topic = topic_named(comment.event, comment.topic_kind, comment.topic_code)
    if topic is None:
        raise NotFound()
    require(may_comment(topic, talk_of(comment.event, comment.topic_kind), at))
    _let_in(comment, topic, actor=actor, at=at)


def _let_in(comment: Comment, topic: Topic, *, actor: Actor, at: datetime) -> None:
    """Show a message whose address is proven, or let it wait for the team when its writer is unknown."""
    comment.is_of_its_people = topic.is_of(actor)
    talk = talk_of(comment.event, comment.topic_kind)
    known = Comment.objects.filter(event=comment.event, email=comment.email, state=Comment.State.SHOWN).exists()
    waits = talk is not None and talk.reads_first and not known and not comment.is_of_its_people
    comment.state = Comment.State.WAITING if waits else Comment.State.SHOWN
    comment.shown_at = None if waits else at
    comment.save(update_fields=["state", "shown_at", "is_of_its_people"])
    if comment.name_is_public:
        give_consent(
            email=comment.email,
            account_id=comment.account_id,
            purpose=consents.PURPOSE,
            text=str(consents.TEXT),
            text_version=consents.VERSION,
            language=get_language() or comment.language,
            about=reference(comment),
            door="deliberation:write",
            event_id=comment.event_id,
            actor=actor,
            at=at,
        )
    kind = "deliberation.comment_waits" if waits else "deliberation.comment_shown"
    record(kind, actor=actor, at=at, event_id=comment.event_id, about=comment, public=not waits)
