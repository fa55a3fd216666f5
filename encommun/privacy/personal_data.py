"""What this package holds about people: their consents."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from encommun.foundation.holdings import Holding, Kept, Subject
from encommun.privacy.models import Consent


def _find(subject: Subject) -> list[Consent]:
    return list(Consent.objects.of(subject))


def _export(consent: Consent) -> dict[str, Any]:
    return {
        "email": consent.email,
        "account": consent.account_id,
        "purpose": consent.purpose,
        "text": consent.text,
        "text_version": consent.text_version,
        "about": consent.about,
        "door": consent.door,
        "given_at": consent.given_at.isoformat(),
        "withdrawn_at": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
    }


def _erase(subject: Subject, *, at: datetime) -> list[Kept]:
    consents = Consent.objects.filter(pk__in=[consent.pk for consent in _find(subject)])
    consents.filter(withdrawn_at=None).update(withdrawn_at=at)
    consents.update(email="", account=None)
    return []


HOLDINGS = [
    Holding(
        model="privacy.Consent",
        fields={
            "account": _("your account, when you were signed in"),
            "email": _("to find your consents again when you want to change them"),
            "text": _("the exact sentence to which you said yes"),
            "given_at": _("to prove when you said yes"),
        },
        purpose=_("Prove and respect your consents"),
        basis="6.1.c",
        keeps=_("as long as what it allowed is shown, then five years without your address"),
        find=_find,
        export=_export,
        erase=_erase,
    )
]
