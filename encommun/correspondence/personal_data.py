"""What this package holds about people: to whom a letter to a group went."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from encommun.correspondence.models import Recipient
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
    )
]
