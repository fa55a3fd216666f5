"""What the writer of a message does with it afterwards: other words, or none."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from encommun.deliberation import consents
from encommun.deliberation.commands.write_comment import clean_words
from encommun.deliberation.models import Comment, FormerWords
from encommun.deliberation.queries import talk_of
from encommun.deliberation.rules import may_change, may_withdraw
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.journal.rules import reference
from encommun.privacy.commands import give_consent, withdraw_consents


@transaction.atomic
def change_comment(comment: Comment, *, words: str, name: str, publish_name: bool, actor: Actor, at: datetime) -> None:
    """Say it in other words; what it said before is kept, and the page says that it was changed.

    Raises:
        NotFound, AlreadyGone, TalkClosed: it is somebody else's, it is gone, or nobody writes here now.
        NothingWritten, TooLong: no words, or more than there is room for.
    """
    comment = Comment.objects.select_for_update(of=("self",)).select_related("event").get(pk=comment.pk)
    require(may_change(actor, comment, talk_of(comment.event, comment.topic_kind), at))
    words, name = clean_words(words), clean_line(name)[:120]
    if words != comment.words:
        FormerWords.objects.create(comment=comment, words=comment.words, until=at)
        comment.words, comment.edited_at = words, at
    was_public, comment.author_name = comment.name_is_public, name
    comment.name_is_public = publish_name and bool(name)
    comment.save(update_fields=["words", "edited_at", "author_name", "name_is_public"])
    if comment.state != Comment.State.UNPROVEN and comment.name_is_public != was_public:
        _note_consent(comment, actor=actor, at=at)
    record("deliberation.comment_changed", actor=actor, at=at, event_id=comment.event_id, about=comment, public=True)


def _note_consent(comment: Comment, *, actor: Actor, at: datetime) -> None:
    about = reference(comment)
    if not comment.name_is_public:
        withdraw_consents(email=comment.email, purpose=consents.PURPOSE, about=about, actor=actor, at=at)
        return
    give_consent(
        email=comment.email,
        account_id=comment.account_id,
        purpose=consents.PURPOSE,
        text=str(consents.TEXT),
        text_version=consents.VERSION,
        language=get_language() or comment.language,
        about=about,
        door="deliberation:comment",
        event_id=comment.event_id,
        actor=actor,
        at=at,
    )


@transaction.atomic
def withdraw_comment(comment: Comment, *, actor: Actor, at: datetime) -> None:
    """Take one's message away for good; its place says so, and answers stay.

    Raises:
        NotFound, AlreadyGone: it is somebody else's, or gone before.
    """
    comment = Comment.objects.select_for_update(of=("self",)).select_related("event").get(pk=comment.pk)
    require(may_withdraw(actor, comment))
    was_seen = comment.state == Comment.State.SHOWN
    if not was_seen:
        record("deliberation.comment_dropped", actor=actor, at=at, event_id=comment.event_id, about=comment)
        comment.delete()
        return
    empty_comment(comment, at=at)
    record("deliberation.comment_withdrawn", actor=actor, at=at, event_id=comment.event_id, about=comment, public=True)


def empty_comment(comment: Comment, *, at: datetime) -> None:
    """Leave only the place of a message: no words, former or present, and no name."""
    comment.state, comment.gone_at = Comment.State.WITHDRAWN, at
    comment.words, comment.author_name, comment.name_is_public = "", "", False
    comment.save(update_fields=["state", "gone_at", "words", "author_name", "name_is_public"])
    comment.former_words.all().delete()
    comment.reports.all().delete()
