"""What this package holds about people: references to accounts, never a name or an address."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from encommun.foundation.holdings import Holding, Kept, Subject
from encommun.journal.models import Entry, IdempotentAnswer

ANSWERS_LIVE = timedelta(days=30)


def _find(subject: Subject) -> QuerySet[Entry]:
    if subject.account_id is None:
        return Entry.objects.none()
    return Entry.objects.filter(actor=f"account:{subject.account_id}").order_by("id")


def _export(entry: Entry) -> dict[str, Any]:
    return {"actor": entry.actor, "kind": entry.kind, "at": entry.at.isoformat(), "about": entry.about, "facts": entry.facts}


def _erase(subject: Subject, *, at: datetime) -> list[Kept]:
    """Once the account is gone its number is nobody's; the chain stays whole."""
    return []


def _find_answers(subject: Subject) -> QuerySet[IdempotentAnswer]:
    if subject.account_id is None:
        return IdempotentAnswer.objects.none()
    return IdempotentAnswer.objects.filter(scope=f"account:{subject.account_id}").order_by("id")


def _export_answer(answer: IdempotentAnswer) -> dict[str, Any]:
    return {"scope": answer.scope, "answer": answer.answer, "at": answer.at.isoformat()}


def _erase_answers(subject: Subject, *, at: datetime) -> list[Kept]:
    _find_answers(subject).delete()
    return []


def _purge_answers(*, at: datetime) -> int:
    count, _by_model = IdempotentAnswer.objects.filter(at__lt=at - ANSWERS_LIVE).delete()
    return count


HOLDINGS = [
    Holding(
        model="journal.Entry",
        fields={"actor": _("the number of your account, when you did something here")},
        purpose=_("Know who changed what, and prove that nothing was altered"),
        basis="6.1.f",
        keeps=_("as long as the instance; once your account is erased its number names nobody"),
        find=_find,
        export=_export,
        erase=_erase,
    ),
    Holding(
        model="journal.IdempotentAnswer",
        fields={"scope": _("the number of your account, so that a form sent twice acts once")},
        purpose=_("Know who changed what, and prove that nothing was altered"),
        basis="6.1.f",
        keeps=_("thirty days"),
        find=_find_answers,
        export=_export_answer,
        erase=_erase_answers,
        purge=_purge_answers,
    ),
]
