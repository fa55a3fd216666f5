"""Take a yes back: as easy as giving it."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email
from encommun.journal.commands import record
from encommun.privacy.models import Consent
from encommun.privacy.rules import may_withdraw


@transaction.atomic
def withdraw_consent(consent: Consent, *, actor: Actor, at: datetime) -> None:
    """Withdraw a consent. Packages that relied on it listen to «privacy.consent_withdrawn» and hide what it allowed.

    Raises:
        NotFound: it is somebody else's.
        AlreadyWithdrawn: it was withdrawn before.
    """
    require(may_withdraw(actor, consent))
    _withdraw(consent, actor=actor, at=at)


@transaction.atomic
def withdraw_consents(*, email: str, purpose: str, about: str, actor: Actor, at: datetime) -> int:
    """Withdraw every consent in force of an address to a purpose about one thing; answer how many.

    For commands of other packages, which have asked their own rule who may say so.
    """
    consents = list(Consent.objects.in_force().filter(email=clean_email(email), purpose=purpose, about=about))
    for consent in consents:
        _withdraw(consent, actor=actor, at=at)
    return len(consents)


def _withdraw(consent: Consent, *, actor: Actor, at: datetime) -> None:
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    record(
        "privacy.consent_withdrawn",
        actor=actor,
        at=at,
        event_id=consent.event_id,
        about=consent,
        public=True,
        purpose=consent.purpose,
        subject=consent.about,
    )
