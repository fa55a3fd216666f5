"""What follows elsewhere in the call when something happened."""

from encommun.call import consents
from encommun.call.models import Author, Suggestion
from encommun.foundation.actor import SYSTEM
from encommun.journal.commands import record
from encommun.journal.models import Entry
from encommun.privacy.models import Consent


def hide_name(entry: Entry) -> None:
    """A yes to publishing a name was taken back on «my data»: the name goes from the public page."""
    if entry.facts["purpose"] not in (consents.PURPOSE, consents.CREDIT_PURPOSE):
        return
    consent = Consent.objects.get(pk=entry.about.partition(":")[2])
    if Consent.objects.in_force().filter(email=consent.email, purpose=consent.purpose, about=consent.about).exists():
        return
    code = consent.about.partition(":")[2]
    Suggestion.objects.filter(code=code).update(name_is_public=False)  # the stamp of public pages rose with the withdrawal
    for author in Author.objects.filter(code=code, name_is_public=True).select_related("proposal"):
        author.name_is_public = False
        author.save(update_fields=["name_is_public"])
        record(
            "call.author_introduced",
            actor=SYSTEM,
            at=entry.at,
            event_id=author.proposal.event_id,
            about=author.proposal,
            public=True,
            author=author.pk,
            name_is_public=False,
        )
