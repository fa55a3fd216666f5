"""Sessions and their notes."""

from django.core.paginator import Page, Paginator
from django.db.models import F

from encommun.commons.models import Note
from encommun.commons.rules import may_write
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound
from encommun.programme.models import Session

A_PAGE = 30


def session_to_note(actor: Actor, event: Event, code: str) -> Session:
    """A session whose notes the actor may write.

    Raises:
        NotFound: there is none, or the actor is not of the session.
    """
    sessions = Session.objects.select_related("event", "axis", "proposal").prefetch_related("parts", "proposal__authors")
    session = sessions.filter(event=event, code=code).first()
    if session is None or not may_write(actor, session):
        raise NotFound()
    return session


def note_of(session: Session) -> Note | None:
    """The notes of a session, if they were opened."""
    note = Note.objects.filter(session=session).first()
    if note is not None:
        note.session = session
    return note


def sessions_and_notes(event: Event, *, state: str = "", page: object = 1) -> Page[Session]:
    """Sessions of the event with their notes and resources, for the team. Two statements a page."""
    sessions = Session.objects.filter(event=event).exclude(state=Session.State.CANCELLED)
    if state == "none":
        sessions = sessions.filter(note=None)
    elif state in Note.State.values:
        sessions = sessions.filter(note__state=state)
    ordered = sessions.select_related("axis", "note__resource").order_by(F("note__saved_at").desc(nulls_last=True), "title", "id")
    return Paginator(ordered, A_PAGE).get_page(page)


def how_many_in_each_state(event: Event) -> dict[str, int]:
    """Sessions without notes («none»), and with notes in each state."""
    rows = Session.objects.filter(event=event).exclude(state=Session.State.CANCELLED).values_list("note__state", flat=True)
    counts = dict.fromkeys(["none", *Note.State.values], 0)
    for state in rows:
        counts[state or "none"] += 1
    return counts
