"""Publish a resource from the notes of a session, revise it, withdraw it."""

from datetime import datetime

from django.db import transaction

from encommun.commons.models import Credit, Note, NoteRevision, Resource
from encommun.commons.rules import has_licence, is_complete, is_live, is_ready, may_publish
from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.refusals import ChangedMeanwhile, require
from encommun.foundation.text import clean_line, clean_text
from encommun.journal.commands import record
from encommun.programme.models import Part


@transaction.atomic
def publish_resource(note: Note, *, title: str, licence: str, actor: Actor, at: datetime) -> Resource:
    """Publish the notes as a resource, with licence, authors who agreed to be named, and provenance.

    Raises:
        NotAllowed: the actor does not hold the role «commons».
        NoteStillWritten, AlreadyPublished, TitleMissing, TextMissing, LicenceMissing.
    """
    session = note.session
    require(may_publish(actor, session.event))
    note = Note.objects.select_for_update(of=("self",)).select_related("session__proposal").get(pk=note.pk)
    session = note.session
    title = clean_line(title)[:200]
    require(is_ready(note), is_complete(title=title, text=note.text), has_licence(licence))
    resource = Resource.objects.create(
        code=_free_code(),
        event_id=session.event_id,
        title=title,
        text=note.text,
        licence=licence,
        language=session.language,
        axis_id=session.axis_id,
        session=session,
        proposal_code=session.proposal.code if session.proposal else "",
        note=note,
        published_at=at,
    )
    _credit(resource, note)
    note.state = Note.State.PUBLISHED
    note.save(update_fields=["state"])
    record(
        "commons.resource_published",
        actor=actor,
        at=at,
        event_id=session.event_id,
        about=resource,
        public=True,
        licence=licence,
        session=session.code,
    )
    return resource


@transaction.atomic
def revise_resource(resource: Resource, *, title: str, text: str, version: int, actor: Actor, at: datetime) -> Resource:
    """Publish a new version. The licence stays: what was given to all is not taken back.

    Raises:
        NotAllowed, Withdrawn, TitleMissing, TextMissing.
        ChangedMeanwhile: ``version`` is not the one now published.
    """
    require(may_publish(actor, resource.event))
    resource = Resource.objects.select_for_update(of=("self",)).get(pk=resource.pk)
    title, text = clean_line(title)[:200], clean_text(text)
    require(is_live(resource), is_complete(title=title, text=text))
    if version != resource.version:
        raise ChangedMeanwhile()
    resource.title, resource.text, resource.version, resource.revised_at = title, text, version + 1, at
    resource.save(update_fields=["title", "text", "version", "revised_at"])
    if (note := resource.note) is not None and note.text != text:
        note.text, note.version, note.saved_at = text, note.version + 1, at
        note.save(update_fields=["text", "version", "saved_at"])
        NoteRevision.objects.create(note=note, version=note.version, text=text, at=at, actor=actor.reference)
    record(
        "commons.resource_revised",
        actor=actor,
        at=at,
        event_id=resource.event_id,
        about=resource,
        public=True,
        version=resource.version,
    )
    return resource


@transaction.atomic
def withdraw_resource(resource: Resource, *, actor: Actor, at: datetime) -> None:
    """Withdraw a resource: its address stays and says so.

    Raises:
        NotAllowed: the actor does not hold the role «commons».
    """
    require(may_publish(actor, resource.event))
    if resource.withdrawn_at is not None:
        return
    resource.withdrawn_at = at
    resource.save(update_fields=["withdrawn_at"])
    record("commons.resource_withdrawn", actor=actor, at=at, event_id=resource.event_id, about=resource, public=True)


def _free_code() -> str:
    """A code that no resource has; the unique constraint stands behind it."""
    while Resource.objects.filter(code=(code := new_code())).exists():
        continue
    return code


def _credit(resource: Resource, note: Note) -> None:
    """Name those who agreed: the session's people whose name is public, then note takers who asked for it."""
    credits = [
        Credit(account_id=part.account_id, email=part.email, name=part.name, structure_name=part.structure_name, part=part.kind)
        for part in note.session.parts.all()
        if part.name_is_public and part.name
    ]
    named = {credit.name.casefold() for credit in credits}
    credits += [
        Credit(account_id=taker.account_id, email=taker.email, name=taker.name, part=Part.Kind.TAKES_NOTES)
        for taker in note.takers.all()
        if taker.name.casefold() not in named
    ]
    for position, credit in enumerate(credits):
        credit.resource, credit.position = resource, position
    Credit.objects.bulk_create(credits)
