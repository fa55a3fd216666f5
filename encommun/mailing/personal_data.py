"""What this package holds about people: the letters written to them."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from encommun.foundation.holdings import Holding, Kept, Subject
from encommun.mailing.models import Letter

CODES_LIVE = timedelta(days=30)
LETTERS_LIVE = timedelta(days=365)


def _find(subject: Subject) -> QuerySet[Letter]:
    return Letter.objects.filter(recipient__in=subject.emails).order_by("id")


def _export(letter: Letter) -> dict[str, Any]:
    return {
        "recipient": letter.recipient,
        "subject": letter.subject,
        "text": letter.text,
        "written_at": letter.written_at.isoformat(),
        "sent_at": letter.sent_at.isoformat() if letter.sent_at else None,
    }


def _erase(subject: Subject, *, at: datetime) -> list[Kept]:
    _find(subject).delete()
    return []


def _purge(*, at: datetime) -> int:
    codes = Letter.objects.filter(kind="people.login_code", written_at__lt=at - CODES_LIVE)
    old = Letter.objects.filter(written_at__lt=at - LETTERS_LIVE)
    count = codes.count() + old.exclude(kind="people.login_code").count()
    codes.delete()
    old.delete()
    return count


HOLDINGS = [
    Holding(
        model="mailing.Letter",
        fields={
            "recipient": _("the address to which the letter goes"),
            "subject": _("the subject of the letter"),
            "text": _("what we wrote to you, to send it again if it was lost"),
        },
        purpose=_("Send you letters about what you do here"),
        basis="6.1.b",
        keeps=_("one year; thirty days for letters that hold a code to sign in"),
        find=_find,
        export=_export,
        erase=_erase,
        also=("html",),
        purge=_purge,
    )
]
