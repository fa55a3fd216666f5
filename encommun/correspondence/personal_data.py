"""What this package holds about people: to whom a letter to a group went."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from encommun.correspondence.models import GroupLetter, Recipient
from encommun.foundation.holdings import Holding, Kept, Subject

LIVES = timedelta(days=365)


def _find(subject: Subject) -> QuerySet[Recipient]:
    return Recipient.objects.filter(email__in=subject.emails).select_related("group_letter").order_by("pk")


def _export(one: Recipient) -> dict[str, Any]:
    return {
        "letter": one.group_letter.code,
        "subject": str(one.group_letter.subject),
        "email": one.email,
        "name": one.name,
        "written_at": one.written_at.isoformat() if one.written_at else None,
    }


def _erase(subject: Subject, *, at: datetime) -> list[Kept]:
    _find(subject).delete()
    return []


def _purge(*, at: datetime) -> int:
    count, _by_model = Recipient.objects.filter(group_letter__released_at__lt=at - LIVES).delete()
    return count


def _find_released(subject: Subject) -> QuerySet[GroupLetter]:
    return GroupLetter.objects.filter(released_by_id=subject.account_id).exclude(released_by=None).order_by("pk")


def _export_released(one: GroupLetter) -> dict[str, Any]:
    return {"letter": one.code, "released_at": one.released_at.isoformat() if one.released_at else None}


def _erase_released(subject: Subject, *, at: datetime) -> list[Kept]:
    _find_released(subject).update(released_by=None)
    return []


HOLDINGS = [
    Holding(
        model="correspondence.Recipient",
        fields={
            "email": _("the address to which the letter goes"),
            "name": _("to begin the letter with your name"),
            "links": _("the links of your own that the letter holds"),
        },
        purpose=_("Send you letters about what you do here"),
        basis="6.1.b",
        keeps=_("one year"),
        find=_find,
        export=_export,
        erase=_erase,
        purge=_purge,
    ),
    Holding(
        model="correspondence.GroupLetter",
        fields={"released_by": _("To know who in the team sent a letter.")},
        purpose=_("Send you letters about what you do here"),
        basis="6.1.f",
        keeps=_("As long as the account in the team."),
        find=_find_released,
        export=_export_released,
        erase=_erase_released,
    ),
]
