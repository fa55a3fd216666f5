"""Consents of one person."""

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound
from encommun.privacy.models import Consent
from encommun.privacy.rules import subject_of


def consents_of(actor: Actor) -> list[Consent]:
    """Every consent of the actor, the newest first."""
    return list(Consent.objects.of(subject_of(actor)))


def consent_seen_by(actor: Actor, number: int) -> Consent:
    """One consent of the actor.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    consent = Consent.objects.of(subject_of(actor)).filter(pk=number).first()
    if consent is None:
        raise NotFound()
    return consent
