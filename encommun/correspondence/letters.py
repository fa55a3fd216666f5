"""Letters to the team about its own letters."""

from django.conf import settings
from django.urls import reverse

from encommun.correspondence.models import GroupLetter
from encommun.events.models import TeamMembership
from encommun.foundation.actor import Role
from encommun.foundation.text import harmless
from encommun.journal.models import Entry
from encommun.mailing.commands import write_letter


def reminder_came(entry: Entry) -> None:
    """A reminder made a letter that waits to be read again: coordination learns it."""
    code = entry.about.rpartition(":")[2]
    letter = GroupLetter.objects.select_related("event").filter(code=code, state=GroupLetter.State.DRAFT).first()
    if letter is None:
        return
    address = settings.CONFIG.base_url + reverse("correspondence:letter", args=[letter.event.slug, letter.code])
    for one in TeamMembership.objects.filter(event=letter.event, role=Role.COORDINATION).select_related("account"):
        write_letter(
            "correspondence/letters/reminder_came",
            to=one.account.email,
            language=one.account.language,
            at=entry.at,
            dedupe=f"{code}:{one.account_id}",
            event_id=letter.event_id,
            context={
                "subject": harmless(str(letter.subject)),
                "event_name": harmless(letter.event.name),
                "link": address
                if one.account.language == "fr"
                else address.replace(settings.CONFIG.base_url, f"{settings.CONFIG.base_url}/en", 1),
            },
        )
