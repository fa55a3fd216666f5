"""What choosing holds about people: those who read, and what authors tell of themselves."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from encommun.call.models import Assignment, Circumstances, Conflict, Review
from encommun.call.rules import LINK
from encommun.foundation.holdings import Holding, Kept, Subject

PURPOSE = _("Choose proposals together, and know how it was done.")


def find_reviews(subject: Subject) -> QuerySet[Review]:
    """Views that she gave or began."""
    return Review.objects.filter(account_id=subject.account_id).exclude(account=None).select_related("proposal")


def export_review(review: Review) -> dict[str, Any]:
    """A view on a proposal."""
    return {
        "account": review.account_id,
        "proposal": review.proposal.code,
        "levels": review.levels,
        "words": review.words,
        "saved_at": review.saved_at.isoformat(),
        "given": review.given_at is not None,
    }


def erase_reviews(subject: Subject, *, at: datetime) -> list[Kept]:
    """Drafts go; a view that was given stays among the others, without her name."""
    find_reviews(subject).filter(given_at=None).delete()
    find_reviews(subject).update(account=None)
    return []


def purge_reviews(*, at: datetime) -> int:
    """Views go two years after the gathering."""
    return Review.objects.filter(proposal__event__ends_on__lt=(at - timedelta(days=730)).date()).delete()[0]


def find_assignments(subject: Subject) -> QuerySet[Assignment]:
    """What she was asked to read."""
    return Assignment.objects.filter(account_id=subject.account_id).select_related("proposal")


def find_conflicts(subject: Subject) -> QuerySet[Conflict]:
    """What she said that she is too close to."""
    return Conflict.objects.filter(account_id=subject.account_id).select_related("proposal")


def export_row(row: Assignment | Conflict) -> dict[str, Any]:
    """A reading asked, or refused."""
    return {"account": row.account_id, "proposal": row.proposal.code}


def erase_assignments(subject: Subject, *, at: datetime) -> list[Kept]:
    """They go."""
    find_assignments(subject).delete()
    return []


def erase_conflicts(subject: Subject, *, at: datetime) -> list[Kept]:
    """They go."""
    find_conflicts(subject).delete()
    return []


def find_circumstances(subject: Subject) -> QuerySet[Circumstances]:
    """What she told as an author."""
    codes = [code for purpose, code in subject.links if purpose == LINK]
    hers = Q(author__email__in=subject.emails - {""}) | (Q(author__code__in=codes) & ~Q(author__email=""))
    if subject.account_id is not None:
        hers |= Q(author__account_id=subject.account_id)
    return Circumstances.objects.filter(hers).select_related("author__proposal")


def export_circumstances(told: Circumstances) -> dict[str, Any]:
    """Where she comes from, and whether it was her first time."""
    return {
        "author": told.author.code,
        "proposal": told.author.proposal.code,
        "territory": told.territory,
        "first_time": told.first_time,
    }


def erase_circumstances(subject: Subject, *, at: datetime) -> list[Kept]:
    """They go."""
    Circumstances.objects.filter(pk__in=[told.pk for told in find_circumstances(subject)]).delete()
    return []


def purge_circumstances(*, at: datetime) -> int:
    """They go a year after the gathering."""
    limit = (at - timedelta(days=365)).date()
    return Circumstances.objects.filter(author__proposal__event__ends_on__lt=limit).delete()[0]


HOLDINGS_OF_READING = [
    Holding(
        model="call.Circumstances",
        fields={"author": _("To count where authors come from, and whether it is their first time, without naming anybody.")},
        purpose=_("See whether the selection leaves somebody out."),
        basis="6.1.a",
        keeps=_("One year after the gathering, or until you take your answers away."),
        find=find_circumstances,
        export=export_circumstances,
        erase=erase_circumstances,
        purge=purge_circumstances,
    ),
    Holding(
        model="call.Review",
        fields={"account": _("To know who thinks what among the readers.")},
        purpose=PURPOSE,
        basis="6.1.f",
        keeps=_("Two years after the gathering; once your account is erased, without your name."),
        find=find_reviews,
        export=export_review,
        erase=erase_reviews,
        purge=purge_reviews,
    ),
    Holding(
        model="call.Assignment",
        fields={"account": _("To know who was asked to read what.")},
        purpose=PURPOSE,
        basis="6.1.f",
        keeps=_("As long as the proposal."),
        find=find_assignments,
        export=export_row,
        erase=erase_assignments,
    ),
    Holding(
        model="call.Conflict",
        fields={"account": _("So that you are asked to read nothing that you are too close to.")},
        purpose=PURPOSE,
        basis="6.1.f",
        keeps=_("As long as the proposal."),
        find=find_conflicts,
        export=export_row,
        erase=erase_conflicts,
    ),
]
