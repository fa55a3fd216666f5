"""Who may write the notes of a session, and when they may be published."""

from encommun.call.rules import is_author
from encommun.commons.models import Note, Resource
from encommun.commons.refusals import (
    AlreadyPublished,
    LicenceMissing,
    NoteIsPublished,
    NoteStillWritten,
    TextMissing,
    TitleMissing,
    Withdrawn,
)
from encommun.events.models import Event
from encommun.events.rules import may_act_as
from encommun.foundation.actor import Actor, Role
from encommun.foundation.licences import LICENCES
from encommun.foundation.refusals import NotAllowed, Verdict
from encommun.programme.models import Session

#: Purpose of the secret link that opens the notes of a session to somebody without account.
LINK = "commons.note"


def may_write(actor: Actor, session: Session) -> Verdict:
    """Whether the actor may open and write the notes: the session's people, note takers with a link, the team."""
    if actor.has_role(session.event_id, Role.COMMONS, Role.PROGRAMME) or actor.holds_link(LINK, session.code):
        return True
    if session.proposal is not None and is_author(actor, session.proposal):
        return True
    if not actor.is_signed_in:
        return NotAllowed()
    parts = session.parts.all()
    mine = any(part.account_id == actor.account_id or (actor.email and part.email == actor.email) for part in parts)
    return True if mine else NotAllowed()


def is_open(note: Note) -> Verdict:
    """Whether the text of the note may still change here."""
    return NoteIsPublished() if note.state == Note.State.PUBLISHED else True


def may_publish(actor: Actor, event: Event) -> Verdict:
    """Whether the actor publishes, revises and withdraws resources."""
    return may_act_as(actor, event, Role.COMMONS)


def is_ready(note: Note) -> Verdict:
    """Whether the note may become a resource: somebody said that it is done."""
    if note.state == Note.State.PUBLISHED:
        return AlreadyPublished()
    return NoteStillWritten() if note.state == Note.State.WRITING else True


def is_complete(*, title: str, text: str) -> Verdict:
    """Whether there is something to publish."""
    if not title:
        return TitleMissing()
    return True if text else TextMissing()


def has_licence(licence: str) -> Verdict:
    """No licence, no publication."""
    return True if licence in LICENCES else LicenceMissing()


def is_live(resource: Resource) -> Verdict:
    """Whether the resource was not withdrawn."""
    return True if resource.withdrawn_at is None else Withdrawn()
