"""What follows in the commons when something happened elsewhere. Repeatable without harm."""

from django.db import transaction

from encommun.commons import consents
from encommun.commons.models import Credit, NoteTaker
from encommun.foundation.actor import SYSTEM
from encommun.journal.commands import record
from encommun.journal.models import Entry
from encommun.privacy.models import Consent


@transaction.atomic
def hide_note_taker(entry: Entry) -> None:
    """A yes to be named as note taker was taken back: the name goes from the notes and from what was published."""
    if entry.facts["purpose"] != consents.PURPOSE:
        return
    consent = Consent.objects.filter(pk=entry.about.rpartition(":")[2]).first()
    if consent is None:
        return
    code = consent.about.rpartition(":")[2]
    takers = NoteTaker.objects.select_related("note__session").filter(note__session__code=code, email=consent.email)
    for taker in takers:
        Credit.objects.filter(resource__note=taker.note, email=consent.email, part="takes_notes").delete()
        taker.delete()
        session = taker.note.session
        record("commons.credit_hidden", actor=SYSTEM, at=entry.at, event_id=session.event_id, about=session, public=True)
