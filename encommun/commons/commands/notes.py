"""Open the notes of a session, save them, say that they are done, correct them."""

from datetime import datetime

from django.db import transaction

from encommun.commons import consents
from encommun.commons.models import Note, NoteRevision, NoteTaker
from encommun.commons.refusals import NameMissing, TextMissing
from encommun.commons.rules import is_open, may_write
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import ChangedMeanwhile, require
from encommun.foundation.text import clean_line, clean_text
from encommun.journal.commands import record
from encommun.journal.rules import reference
from encommun.privacy.commands import give_consent
from encommun.programme.models import Session


@transaction.atomic
def open_note(session: Session, *, text: str, actor: Actor, at: datetime) -> Note:
    """Open the notes of a session with a first text (the template); those open already stay as they are.

    Raises:
        NotAllowed: the actor is not of the session.
    """
    require(may_write(actor, session))
    note, made = Note.objects.get_or_create(
        session=session, defaults={"text": clean_text(text), "opened_at": at, "saved_at": at, "version": 1}
    )
    if made:
        NoteRevision.objects.create(note=note, version=1, text=note.text, at=at, actor=actor.reference)
        record("commons.note_opened", actor=actor, at=at, event_id=session.event_id, about=session)
    return note


@transaction.atomic
def save_note(note: Note, *, text: str, version: int, actor: Actor, at: datetime) -> Note:
    """Save the whole text; the text before stays in the revisions.

    Raises:
        NotAllowed: the actor is not of the session.
        NoteIsPublished: the text became a resource.
        TextMissing: there is nothing.
        ChangedMeanwhile: ``version`` is not the one that was last saved; nothing was overwritten.
    """
    require(may_write(actor, note.session))
    note = Note.objects.select_for_update(of=("self",)).select_related("session").get(pk=note.pk)
    require(is_open(note))
    if not (text := clean_text(text)):
        raise TextMissing()
    if text == note.text:
        return note
    if version != note.version:
        raise ChangedMeanwhile()
    note.text, note.version, note.saved_at = text, version + 1, at
    if note.state == Note.State.CORRECTED:
        note.state = Note.State.DONE
    note.save(update_fields=["text", "version", "saved_at", "state"])
    NoteRevision.objects.create(note=note, version=note.version, text=text, at=at, actor=actor.reference)
    record("commons.note_saved", actor=actor, at=at, event_id=note.session.event_id, about=note.session, version=note.version)
    return note


@transaction.atomic
def mark_note_done(note: Note, *, actor: Actor, at: datetime) -> None:
    """Say that the notes are ready to be read again; the session's people get a letter.

    Raises:
        NotAllowed, NoteIsPublished.
    """
    _change_state(note, Note.State.DONE, actor, at)


@transaction.atomic
def correct_note(note: Note, *, actor: Actor, at: datetime) -> None:
    """Say that the notes were read again and are right.

    Raises:
        NotAllowed, NoteIsPublished.
    """
    _change_state(note, Note.State.CORRECTED, actor, at)


def _change_state(note: Note, state: Note.State, actor: Actor, at: datetime) -> None:
    require(may_write(actor, note.session), is_open(note))
    if note.state == state:
        return
    note.state = state
    note.done_at = note.done_at or at
    note.save(update_fields=["state", "done_at"])
    record(f"commons.note_{state}", actor=actor, at=at, event_id=note.session.event_id, about=note.session)


@transaction.atomic
def ask_for_credit(note: Note, *, name: str, actor: Actor, at: datetime) -> NoteTaker:
    """Ask to be named, as note taker, on what is published from these notes.

    Raises:
        NotAllowed, NoteIsPublished, NameMissing.
    """
    require(may_write(actor, note.session), is_open(note))
    if not (name := clean_line(name)[:120]):
        raise NameMissing()
    taker, made = NoteTaker.objects.get_or_create(
        note=note, name=name, defaults={"account_id": actor.account_id, "email": actor.email, "asked_at": at}
    )
    if actor.email:
        give_consent(
            email=actor.email,
            account_id=actor.account_id,
            event_id=note.session.event_id,
            purpose=consents.PURPOSE,
            text=str(consents.TEXT),
            text_version=consents.VERSION,
            language=actor.language,
            about=reference(note.session),
            door="commons:note",
            actor=actor,
            at=at,
        )
    if made:
        record("commons.credit_asked", actor=actor, at=at, event_id=note.session.event_id, about=note.session, taker=taker.pk)
    return taker
