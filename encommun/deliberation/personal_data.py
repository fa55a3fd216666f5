"""What is held about those who write, follow, and are interested."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from encommun.deliberation.commands.change_comment import empty_comment
from encommun.deliberation.models import Ballot, Comment, Follow, Interest, Member
from encommun.deliberation.rules import COMMENT_LINK, FOLLOW_LINK, INTEREST_LINK
from encommun.foundation.holdings import Holding, Kept, Subject


def _hers(subject: Subject, link: str) -> Q:
    codes = [code for purpose, code in subject.links if purpose == link]
    hers = Q(email__in=subject.emails - {""}) | (Q(code__in=codes) & ~Q(email=""))
    return hers | Q(account_id=subject.account_id) if subject.account_id is not None else hers


def find_comments(subject: Subject) -> QuerySet[Comment]:
    """Messages that she wrote."""
    return Comment.objects.filter(_hers(subject, COMMENT_LINK)).select_related("event").prefetch_related("former_words")


def export_comment(comment: Comment) -> dict[str, Any]:
    """A message with what it said before."""
    return {
        "event": comment.event.slug,
        "about": f"{comment.topic_kind}:{comment.topic_code}",
        "account": comment.account_id,
        "email": comment.email,
        "author_name": comment.author_name,
        "name_is_public": comment.name_is_public,
        "words": comment.words,
        "before": [one.words for one in comment.former_words.all()],
        "state": comment.state,
        "removed_because": comment.reason,
        "made_at": comment.made_at.isoformat(),
    }


def erase_comments(subject: Subject, *, at: datetime) -> list[Kept]:
    """Her words and her name go; a place stays where somebody could have answered."""
    for comment in list(find_comments(subject)):
        if comment.shown_at is None:
            comment.delete()
            continue
        empty_comment(comment, at=at)
        Comment.objects.filter(pk=comment.pk).update(email="", account=None)
    return []


def purge_comments(*, at: datetime) -> int:
    """Messages never confirmed go after a week."""
    return Comment.objects.filter(state=Comment.State.UNPROVEN, made_at__lt=at - timedelta(days=7)).delete()[0]


def page_of_comment(comment: Comment) -> str | None:
    """Where she changes it."""
    return reverse("deliberation:comment", args=[comment.event.slug, comment.code])


def find_follows(subject: Subject) -> QuerySet[Follow]:
    """What she follows."""
    return Follow.objects.filter(_hers(subject, FOLLOW_LINK)).select_related("event")


def export_follow(follow: Follow) -> dict[str, Any]:
    """Something followed."""
    return {
        "event": follow.event.slug,
        "about": f"{follow.topic_kind}:{follow.topic_code}",
        "account": follow.account_id,
        "email": follow.email,
        "stopped_at": follow.stopped_at.isoformat() if follow.stopped_at else None,
    }


def erase_follows(subject: Subject, *, at: datetime) -> list[Kept]:
    """They go."""
    return _delete(find_follows(subject))


def purge_follows(*, at: datetime) -> int:
    """They go a year after the gathering."""
    return Follow.objects.filter(event__ends_on__lt=(at - timedelta(days=365)).date()).delete()[0]


def find_interests(subject: Subject) -> QuerySet[Interest]:
    """What interests her."""
    return Interest.objects.filter(_hers(subject, INTEREST_LINK)).select_related("event")


def export_interest(interest: Interest) -> dict[str, Any]:
    """An interest."""
    return {
        "event": interest.event.slug,
        "about": f"{interest.topic_kind}:{interest.topic_code}",
        "account": interest.account_id,
        "email": interest.email,
        "made_at": interest.made_at.isoformat(),
        "confirmed": interest.proven_at is not None,
    }


def erase_interests(subject: Subject, *, at: datetime) -> list[Kept]:
    """They go."""
    return _delete(find_interests(subject))


def purge_interests(*, at: datetime) -> int:
    """Those never confirmed go after a week, all of them a month after the gathering."""
    unproven = Q(proven_at=None, made_at__lt=at - timedelta(days=7))
    return Interest.objects.filter(unproven | Q(event__ends_on__lt=(at - timedelta(days=30)).date())).delete()[0]


def _delete(rows: Iterable[Any]) -> list[Kept]:
    for row in list(rows):
        row.delete()
    return []


def find_members(subject: Subject) -> QuerySet[Member]:
    """Her place in a committee, or her request."""
    hers = Q(email__in=subject.emails - {""})
    if subject.account_id is not None:
        hers |= Q(account_id=subject.account_id)
    return Member.objects.filter(hers).select_related("committee__event")


def export_member(member: Member) -> dict[str, Any]:
    """A place in a committee."""
    return {
        "event": member.committee.event.slug,
        "account": member.account_id,
        "email": member.email,
        "person": member.person,
        "name_is_public": member.name_is_public,
        "words": member.words,
        "state": member.state,
        "asked_at": member.asked_at.isoformat(),
    }


def erase_members(subject: Subject, *, at: datetime) -> list[Kept]:
    """They go."""
    return _delete(find_members(subject))


def purge_members(*, at: datetime) -> int:
    """They go a year after the gathering."""
    return Member.objects.filter(committee__event__ends_on__lt=(at - timedelta(days=365)).date()).delete()[0]


def find_ballots(subject: Subject) -> QuerySet[Ballot]:
    """Her ballots in votes that are still open: afterwards nobody can tell which was hers."""
    return Ballot.objects.filter(account_id=subject.account_id).exclude(account=None).select_related("poll")


def export_ballot(ballot: Ballot) -> dict[str, Any]:
    """A ballot that can still be changed."""
    return {"account": ballot.account_id, "poll": ballot.poll.code, "grades": ballot.grades}


def erase_ballots(subject: Subject, *, at: datetime) -> list[Kept]:
    """They go while they can be told apart."""
    return _delete(find_ballots(subject))


HOLDINGS = [
    Holding(
        model="deliberation.Member",
        fields={
            "account": _("To let you read proposals as a member of the committee."),
            "email": _("To answer you."),
            "person": _("To know who is in the committee; public only if you say so."),
        },
        purpose=_("Have an open committee."),
        basis="6.1.b",
        keeps=_("One year after the gathering."),
        find=find_members,
        export=export_member,
        erase=erase_members,
        heading=_("Your place in the committee"),
        title=lambda member: str(member.get_state_display()),
        address=lambda member: reverse("deliberation:join", args=[member.committee.event.slug]),
        purge=purge_members,
    ),
    Holding(
        model="deliberation.Ballot",
        fields={"account": _("So that each person has one ballot and can change it while the vote is open.")},
        purpose=_("Vote together, and let anybody compute the result again."),
        basis="6.1.b",
        keeps=_("With your account until the vote closes; afterwards without any name, for good."),
        find=find_ballots,
        export=export_ballot,
        erase=erase_ballots,
    ),
    Holding(
        model="deliberation.Comment",
        fields={
            "account": _("To let you change your messages when you are signed in."),
            "email": _("To prove that you wrote it, and to tell you if the team removes it."),
            "author_name": _("To sign your message, if you say that your name may be shown."),
        },
        purpose=_("Let people talk about what is proposed."),
        basis="6.1.b",
        keeps=_("One week when it is not confirmed; otherwise until you take it away."),
        find=find_comments,
        export=export_comment,
        erase=erase_comments,
        heading=_("Your messages"),
        title=lambda comment: comment.words[:80] or str(comment.get_state_display()),
        address=page_of_comment,
        purge=purge_comments,
    ),
    Holding(
        model="deliberation.Follow",
        fields={
            "account": _("To let you stop these letters when you are signed in."),
            "email": _("To tell you of what is said, once a day at most."),
        },
        purpose=_("Let people talk about what is proposed."),
        basis="6.1.a",
        keeps=_("One year after the gathering, or until you stop."),
        find=find_follows,
        export=export_follow,
        erase=erase_follows,
        purge=purge_follows,
    ),
    Holding(
        model="deliberation.Interest",
        fields={
            "account": _("To show you what you marked when you are signed in."),
            "email": _("To count each person once, and to confirm it."),
        },
        purpose=_("Build a programme where people can go to what interests them."),
        basis="6.1.a",
        keeps=_("One month after the gathering; one week when it is not confirmed."),
        find=find_interests,
        export=export_interest,
        erase=erase_interests,
        purge=purge_interests,
    ),
]
