"""Who may do what with personal data, and whose data it is."""

from encommun.foundation.actor import Actor
from encommun.foundation.holdings import Subject
from encommun.foundation.refusals import NotFound, Verdict
from encommun.privacy.models import Consent
from encommun.privacy.refusals import AlreadyWithdrawn, NothingHeld


def subject_of(actor: Actor) -> Subject:
    """The person that the actor proved to be: her account, its address, and the secret links that she opened."""
    return Subject(
        account_id=actor.account_id if actor.is_signed_in else None,
        emails=frozenset({actor.email} if actor.email else ()),
        links=actor.links,
    )


def may_see_own_data(actor: Actor) -> Verdict:
    """Whether we know who the actor is: an account, or at least one secret link."""
    return True if actor.is_signed_in or actor.links else NothingHeld()


def may_withdraw(actor: Actor, consent: Consent) -> Verdict:
    """Whether the actor may take this yes back."""
    if not Consent.objects.of(subject_of(actor)).filter(pk=consent.pk).exists():
        return NotFound()
    return AlreadyWithdrawn() if consent.withdrawn_at else True
