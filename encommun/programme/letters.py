"""«Ce qui change pour vous»: one letter a day at most, only to those whose sessions change."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from encommun.events.models import Event
from encommun.foundation.signing import fingerprint
from encommun.foundation.text import harmless
from encommun.mailing.commands import write_letter
from encommun.programme.commands import forget_files
from encommun.programme.models import ProgrammeVersion, ToldOfChanges
from encommun.programme.queries.concerned import Concerned, changes_for, concerned_by
from encommun.programme.words import of_change

BETWEEN = timedelta(hours=24)


def tell_of_changes(*, at: datetime) -> int:
    """Write what is due; answer how many letters. Files that nobody imported are forgotten on the way."""
    forget_files(at=at)
    written = 0
    for event in Event.objects.filter(programme_versions__isnull=False, ends_on__gte=(at - timedelta(days=1)).date()).distinct():
        written += _tell(event, at)
    return written


@transaction.atomic
def _tell(event: Event, at: datetime) -> int:
    versions = {one.number: one for one in ProgrammeVersion.objects.filter(event=event).defer("content", "changes")}
    latest = versions[max(versions)]
    told = {one.email: one for one in ToldOfChanges.objects.select_for_update().filter(event=event)}
    written = 0
    for email, somebody in concerned_by(event).items():
        row = told.get(email)
        if row is None:
            # Known for the first time: she is told of the latest version if it is of today, and of nothing older.
            is_new = at - latest.published_at < BETWEEN and latest.number > 1
            row = ToldOfChanges(event=event, email=email, number=latest.number - 1 if is_new else latest.number)
        if row.pk and (row.number >= latest.number or (row.at and at - row.at < BETWEEN)):
            continue
        former = versions.get(row.number, latest)
        changes = changes_for(somebody.codes, former, latest) if former is not latest else []
        if changes:
            _write(event, email, somebody, changes, latest, at)
            row.at = at
            written += 1
        row.number = latest.number
        row.save()
    return written


def _write(
    event: Event, email: str, somebody: Concerned, changes: list[dict[str, object]], latest: ProgrammeVersion, at: datetime
) -> None:
    prefix = "" if somebody.language == settings.LANGUAGE_CODE else f"/{somebody.language}"
    base = settings.CONFIG.base_url + prefix
    with translation.override(somebody.language):
        lines = [
            {
                "title": harmless(str(change["title"])),
                "words": harmless(of_change(change, event.zone)),
                "link": base + reverse("programme:session", args=[event.slug, change["code"]]),
            }
            for change in changes
        ]
    write_letter(
        "programme/letters/changes",
        to=email,
        language=somebody.language,
        at=at,
        dedupe=f"{event.slug}:{latest.number}:{fingerprint('programme.changes', email)}",
        event_id=event.pk,
        context={
            "event": event,
            "name": harmless(somebody.name),
            "changes": lines,
            "link": base + reverse("programme:programme", args=[event.slug]),
        },
    )
