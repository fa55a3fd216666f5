"""Letters about what people say. Each takes the journal entry, and writes nothing more when called twice."""

from typing import Any

from django.urls import reverse

from encommun.deliberation.models import Comment, Interest, Member
from encommun.deliberation.queries import topic_of_row
from encommun.deliberation.rules import COMMENT_LINK, INTEREST_LINK
from encommun.deliberation.topic import Topic, full_address, topic_named
from encommun.foundation.signing import link_token
from encommun.foundation.text import harmless
from encommun.journal.models import Entry
from encommun.mailing.commands import write_letter


def comment_link(comment: Comment) -> str:
    """The secret address by which somebody without account finds her message again."""
    path = reverse("deliberation:comment_link", args=[comment.event.slug, comment.code, link_token(COMMENT_LINK, comment.code)])
    return full_address(path, comment.language)


def comment_begun(entry: Entry) -> None:
    """A message from an address that is not proven yet: a link to prove it."""
    comment = _comment(entry)
    if comment is not None and comment.state == Comment.State.UNPROVEN and comment.email:
        _write("comment_begun", comment, entry)


def comment_removed(entry: Entry) -> None:
    """Whoever wrote it reads that the team removed it, and why."""
    comment = _comment(entry)
    if comment is not None and comment.state == Comment.State.REMOVED and comment.email:
        _write("comment_removed", comment, entry, dedupe=f"{comment.code}:{entry.pk}")


def interest_begun(entry: Entry) -> None:
    """An interest from an address that is not proven yet: a link to prove it."""
    found = Interest.objects.filter(code=entry.about.partition(":")[2]).select_related("event").first()
    if found is None or found.proven_at is not None:
        return
    topic = topic_named(found.event, found.topic_kind, found.topic_code)
    if topic is None:
        return
    path = reverse("deliberation:interest_link", args=[found.event.slug, found.code, link_token(INTEREST_LINK, found.code)])
    context = {"event": found.event, "title": harmless(topic.title), "link": full_address(path, found.language)}
    write_letter(
        "deliberation/letters/interest_begun",
        to=found.email,
        language=found.language,
        at=entry.at,
        dedupe=found.code,
        event_id=found.event_id,
        context=context,
    )


def joining_answered(entry: Entry) -> None:
    """Whoever asked to join the committee reads the answer."""
    member = Member.objects.filter(code=entry.about.partition(":")[2]).select_related("committee__event").first()
    if member is None or not member.email:
        return
    event = member.committee.event
    path = reverse("call:reading" if entry.facts["accepted"] else "deliberation:committee", args=[event.slug])
    context = {
        "event": event,
        "name": harmless(member.person),
        "accepted": entry.facts["accepted"],
        "link": full_address(path, member.language),
    }
    write_letter(
        "deliberation/letters/joining_answered",
        to=member.email,
        language=member.language,
        at=entry.at,
        dedupe=f"{member.code}:{entry.pk}",
        event_id=event.pk,
        context=context,
    )


def _comment(entry: Entry) -> Comment | None:
    return Comment.objects.filter(code=entry.about.partition(":")[2]).select_related("event").first()


def _write(name: str, comment: Comment, entry: Entry, *, dedupe: str = "") -> None:
    topic: Topic | None = topic_of_row(comment)
    if topic is None:
        return
    context: dict[str, Any] = {
        "event": comment.event,
        "name": harmless(comment.author_name),
        "title": harmless(topic.title),
        "address": full_address(topic.address, comment.language),
        "link": comment_link(comment),
        "reason": comment.get_reason_display,
    }
    write_letter(
        f"deliberation/letters/{name}",
        to=comment.email,
        language=comment.language,
        at=entry.at,
        dedupe=dedupe or comment.code,
        event_id=comment.event_id,
        context=context,
    )
