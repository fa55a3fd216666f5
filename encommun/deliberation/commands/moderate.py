"""Look after what is written: report, let in, remove, keep, put back, open and close."""

from datetime import datetime

from django.db import transaction

from encommun.deliberation.models import Comment, Reason, Report, Talk
from encommun.deliberation.refusals import AlreadyGone, NotRemoved, NotShown, UnknownReason
from encommun.deliberation.rules import may_moderate, may_report
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_text
from encommun.journal.commands import record

STILL = (Report.State.WAITING,)


@transaction.atomic
def report_comment(comment: Comment, *, reason: str, words: str = "", actor: Actor, at: datetime) -> None:
    """Tell the team that a message should not be there. Who tells is not kept; the message stays until the team has looked.

    Raises:
        NotShown: there is nothing to report any more.
        UnknownReason: not one of the reasons.
    """
    require(may_report(comment))
    if reason not in Reason.values:
        raise UnknownReason()
    report = Report.objects.create(
        comment=comment, reason=reason, words=clean_text(words)[:1000], message=comment.words, made_at=at
    )
    # the actor is left out of the journal on purpose: the page promises that nobody learns who reports
    record("deliberation.comment_reported", actor=Actor(), at=at, event_id=comment.event_id, about=comment, report=report.pk)


def _for_team(comment: Comment, actor: Actor) -> Comment:
    comment = Comment.objects.select_for_update(of=("self",)).select_related("event").get(pk=comment.pk)
    require(may_moderate(actor, comment.event))
    return comment


@transaction.atomic
def let_in_comment(comment: Comment, *, actor: Actor, at: datetime) -> None:
    """Show a first message that waited.

    Raises:
        NotAllowed: the actor does not moderate here.
        NotShown: it does not wait any more.
    """
    comment = _for_team(comment, actor)
    if comment.state != Comment.State.WAITING:
        raise NotShown()
    comment.state, comment.shown_at = Comment.State.SHOWN, at
    comment.save(update_fields=["state", "shown_at"])
    record("deliberation.comment_shown", actor=actor, at=at, event_id=comment.event_id, about=comment, public=True)


@transaction.atomic
def remove_comment(comment: Comment, *, reason: str, actor: Actor, at: datetime) -> None:
    """Take a message from the page, with a reason; its writer reads why, and everyone sees that one was removed.

    Raises:
        NotAllowed: the actor does not moderate here.
        UnknownReason: not one of the reasons.
        AlreadyGone: it was withdrawn or removed before.
    """
    comment = _for_team(comment, actor)
    if reason not in Reason.values:
        raise UnknownReason()
    if comment.state in (Comment.State.WITHDRAWN, Comment.State.REMOVED):
        raise AlreadyGone()
    comment.state, comment.reason, comment.gone_at = Comment.State.REMOVED, reason, at
    comment.save(update_fields=["state", "reason", "gone_at"])
    comment.reports.filter(state=Report.State.WAITING).update(state=Report.State.REMOVED, handled_at=at)
    record("deliberation.comment_removed", actor=actor, at=at, event_id=comment.event_id, about=comment, public=True, reason=reason)


@transaction.atomic
def keep_comment(comment: Comment, *, actor: Actor, at: datetime) -> None:
    """Answer reports: the message stays.

    Raises:
        NotAllowed: the actor does not moderate here.
        NotShown: it is not shown any more.
    """
    comment = _for_team(comment, actor)
    if not comment.is_shown:
        raise NotShown()
    comment.reports.filter(state=Report.State.WAITING).update(state=Report.State.KEPT, handled_at=at)
    record("deliberation.comment_kept", actor=actor, at=at, event_id=comment.event_id, about=comment)


@transaction.atomic
def put_back_comment(comment: Comment, *, actor: Actor, at: datetime) -> None:
    """Put a removed message back: the team was wrong, or something changed.

    Raises:
        NotAllowed: the actor does not moderate here.
        NotRemoved: the team did not remove it.
    """
    comment = _for_team(comment, actor)
    if comment.state != Comment.State.REMOVED:
        raise NotRemoved()
    comment.state, comment.reason, comment.gone_at = Comment.State.SHOWN, "", None
    comment.shown_at = comment.shown_at or at
    comment.save(update_fields=["state", "reason", "gone_at", "shown_at"])
    record("deliberation.comment_put_back", actor=actor, at=at, event_id=comment.event_id, about=comment, public=True)


@transaction.atomic
def set_talk(
    event: Event, kind: str, *, is_open: bool, closes_at: datetime | None, reads_first: bool, actor: Actor, at: datetime
) -> Talk:
    """Open or close messages about a kind of topic, and say whether first messages wait.

    Raises:
        NotAllowed: the actor does not moderate here.
    """
    require(may_moderate(actor, event))
    said = {"is_open": is_open, "closes_at": closes_at, "reads_first": reads_first}
    talk, _made = Talk.objects.update_or_create(event=event, topic_kind=kind, defaults=said)
    record(
        "deliberation.talk_set",
        actor=actor,
        at=at,
        event_id=event.pk,
        about=talk,
        public=True,
        is_open=is_open,
        reads_first=reads_first,
    )
    return talk
