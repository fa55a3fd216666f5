"""Say yes to one purpose."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.text import clean_email
from encommun.journal.commands import record
from encommun.privacy.models import Consent


@transaction.atomic
def give_consent(
    *,
    email: str,
    purpose: str,
    text: str,
    text_version: str,
    language: str,
    about: str,
    door: str,
    actor: Actor,
    at: datetime,
    account_id: int | None = None,
    event_id: int | None = None,
) -> Consent:
    """Keep a yes with the exact sentence that was shown, its version, the moment and the page where it was said.

    Saying yes again to the same sentence answers the consent already in force.

    Args:
        about: what it concerns, as the journal names it («call.Proposal:K7M2QX»).
        door: the page where it was said.
    """
    email = clean_email(email)
    in_force = Consent.objects.in_force().filter(email=email, purpose=purpose, about=about, text=text, text_version=text_version)
    if former := in_force.first():
        return former
    consent = Consent.objects.create(
        account_id=account_id,
        email=email,
        event_id=event_id,
        purpose=purpose,
        text=text,
        text_version=text_version,
        language=language,
        about=about,
        door=door,
        given_at=at,
    )
    record(
        "privacy.consent_given",
        actor=actor,
        at=at,
        event_id=event_id,
        about=consent,
        purpose=purpose,
        subject=about,
        text_version=text_version,
    )
    return consent
