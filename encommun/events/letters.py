"""Letters to the people of a team."""

from django.conf import settings
from django.urls import reverse

from encommun.events.models import TeamMembership
from encommun.foundation.actor import ROLES_WITH_SECOND_FACTOR
from encommun.foundation.text import harmless
from encommun.journal.models import Entry
from encommun.mailing.commands import write_letter


def role_given(entry: Entry) -> None:
    """A role was given by a person: whoever holds it learns which, and where to begin. (The command line tells who runs it.)"""
    membership = TeamMembership.objects.select_related("event", "account").filter(
        event_id=entry.event_id, account_id=entry.facts["account"], role=entry.facts["role"]
    )
    given = membership.first()
    if given is None or entry.actor == "system":
        return
    language = given.account.language
    home = settings.CONFIG.base_url + ("/en" if language == "en" else "") + reverse("events:team_home", args=[given.event.slug])
    write_letter(
        "events/letters/role_given",
        to=given.account.email,
        language=language,
        at=entry.at,
        dedupe=str(entry.pk),
        event_id=given.event_id,
        context={
            "event_name": harmless(str(given.event.name)),
            "name": harmless(given.account.name),
            "role": given.get_role_display(),
            "needs_second_factor": given.role in ROLES_WITH_SECOND_FACTOR,
            "link": home,
        },
    )
