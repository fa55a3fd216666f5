"""Letters about notes and resources, to the people of the session."""

from django.conf import settings
from django.urls import reverse

from encommun.commons.models import Note, Resource
from encommun.commons.rules import LINK
from encommun.foundation.signing import link_token
from encommun.foundation.text import harmless
from encommun.journal.models import Entry
from encommun.mailing.commands import write_letter
from encommun.programme.models import Session


def ask_to_read_again(entry: Entry) -> None:
    """Notes are done: the people of the session may correct them."""
    code = entry.about.rpartition(":")[2]
    note = Note.objects.select_related("session__event").filter(session__code=code).first()
    if note is None or note.state != Note.State.DONE:
        return
    session = note.session
    path = reverse("commons:note_link", args=[session.event.slug, code, link_token(LINK, code, note.link_epoch)])
    for part in session.parts.exclude(email=""):
        _write(
            "note_done",
            part.email,
            session,
            entry,
            f"{code}:{part.pk}",
            name=harmless(part.name),
            link=_address(path, session.language),
        )


def tell_of_publication(entry: Entry) -> None:
    """A resource was published: the people of the session, and its note takers, learn where it is."""
    code = entry.about.rpartition(":")[2]
    resource = Resource.objects.select_related("event", "session", "note").filter(code=code, withdrawn_at=None).first()
    if resource is None or resource.session is None:
        return
    people = {part.email: part.name for part in resource.session.parts.exclude(email="")}
    if resource.note is not None:
        people = {taker.email: taker.name for taker in resource.note.takers.exclude(email="")} | people
    link = _address(reverse("commons:resource", args=[resource.event.slug, code]), resource.language)
    for n, (email, name) in enumerate(people.items()):
        _write(
            "resource_published",
            email,
            resource.session,
            entry,
            f"{code}:{n}",
            name=harmless(name),
            link=link,
            resource_title=harmless(resource.title),
        )


def _write(template: str, to: str, session: Session, entry: Entry, dedupe: str, **context: object) -> None:
    language = "en" if session.language.startswith("en") else "fr"
    write_letter(
        f"commons/letters/{template}",
        to=to,
        language=language,
        at=entry.at,
        dedupe=dedupe,
        event_id=session.event_id,
        context={"event": session.event, "session_title": harmless(session.title), **context},
    )


def _address(path: str, language: str) -> str:
    prefix = "" if language.startswith(settings.LANGUAGE_CODE) else f"/{language[:2]}"
    return f"{settings.CONFIG.base_url}{prefix}{path}"
