"""What follows when somebody spoke, or took a consent back."""

from datetime import timedelta

from encommun.deliberation import consents
from encommun.deliberation.commands import follow
from encommun.deliberation.models import Comment, Member
from encommun.deliberation.queries import topic_of_row
from encommun.foundation.actor import SYSTEM
from encommun.journal.commands import record
from encommun.journal.models import Entry
from encommun.privacy.models import Consent

A_MOMENT = timedelta(microseconds=1)


def follow_what_is_said(entry: Entry) -> None:
    """A message is shown: its people follow it from now on, and its writer if she asked to."""
    comment = Comment.objects.filter(code=entry.about.partition(":")[2]).select_related("event").first()
    topic = topic_of_row(comment) if comment is not None else None
    if comment is None or topic is None or comment.shown_at is None or not comment.email:
        return
    for person in topic.people():
        follow(
            comment.event,
            comment.topic_kind,
            topic.code,
            email=person.email,
            account_id=person.account_id,
            language=person.language,
            again=False,
            actor=SYSTEM,
            at=comment.shown_at - A_MOMENT,  # this very message is the first that she is told of
        )
    if comment.follows:
        follow(
            comment.event,
            comment.topic_kind,
            topic.code,
            email=comment.email,
            account_id=comment.account_id,
            language=comment.language,
            again=True,
            actor=SYSTEM,
            at=entry.at,
        )


def hide_name(entry: Entry) -> None:
    """A yes to showing a name was taken back on «my data»: the name goes from the message, or from the committee's page."""
    if entry.facts["purpose"] not in (consents.PURPOSE, consents.JOIN_PURPOSE):
        return
    consent = Consent.objects.get(pk=entry.about.partition(":")[2])
    if Consent.objects.in_force().filter(email=consent.email, purpose=consent.purpose, about=consent.about).exists():
        return
    code = consent.about.partition(":")[2]
    for member in Member.objects.filter(code=code, name_is_public=True).select_related("committee"):
        member.name_is_public = False
        member.save(update_fields=["name_is_public"])
        event_id = member.committee.event_id
        record("deliberation.member_introduced", actor=SYSTEM, at=entry.at, event_id=event_id, about=member, public=True)
    for comment in Comment.objects.filter(code=code, name_is_public=True):
        comment.name_is_public = False
        comment.save(update_fields=["name_is_public"])
        record("deliberation.comment_changed", actor=SYSTEM, at=entry.at, event_id=comment.event_id, about=comment, public=True)
