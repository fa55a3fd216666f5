"""Subjects that people bring to an open-space slot: one a table and a round."""

from datetime import datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.programme.holders import holder_of
from encommun.programme.models import OpenSubject, Session
from encommun.programme.refusals import SubjectMissing, TableTaken
from encommun.programme.rules import keeps_desk, may_bring, may_take_away, table_exists, welcomes_subjects


class Place(NamedTuple):
    """A table of an open-space slot, and the round."""

    round: int
    table: int


@transaction.atomic
def bring_subject(
    session: Session, *, title: str, place: Place, host_name: str = "", pass_code: str = "", actor: Actor, at: datetime
) -> OpenSubject:
    """Put a subject on a free table. The team may, for those who stand at the desk; so may anybody with a pass of that day.

    Raises:
        SlotNotOpen, PassUnknown, NotForThatDay: not now, or not with this pass.
        SubjectMissing, NoSuchTable, TableTaken: what was typed does not do.
    """
    require(welcomes_subjects(session, actor, at), may_bring(session, actor, pass_code), table_exists(session, *place))
    line = clean_line(title)[:120]
    if not line:
        raise SubjectMissing()
    held = None if keeps_desk(actor, session.event) and not pass_code else holder_of(session.event, actor, pass_code)
    subject = OpenSubject(
        session=session,
        round=place.round,
        table=place.table,
        title=line,
        host_name=clean_line(host_name)[:60],
        email=held.email if held else "",
        created_at=at,
    )
    _save_on_free_table(subject)
    record(
        "programme.subject_brought",
        actor=actor,
        at=at,
        event_id=session.event_id,
        about=session,
        public=True,
        subject=subject.code,
        round=place.round,
        table=place.table,
    )
    return subject


@transaction.atomic
def move_subject(subject: OpenSubject, *, place: Place, actor: Actor, at: datetime, pass_code: str = "") -> None:
    """Take a subject to another table or round.

    Raises:
        NotAllowed, SlotNotOpen: not hers, or not now.
        NoSuchTable, TableTaken: no free table there.
    """
    session = subject.session
    require(may_take_away(subject, actor, pass_code), welcomes_subjects(session, actor, at), table_exists(session, *place))
    subject.round, subject.table = place
    _save_on_free_table(subject)
    record(
        "programme.subject_moved",
        actor=actor,
        at=at,
        event_id=session.event_id,
        about=session,
        public=True,
        subject=subject.code,
        round=place.round,
        table=place.table,
    )


@transaction.atomic
def take_subject_away(subject: OpenSubject, *, actor: Actor, at: datetime, pass_code: str = "") -> None:
    """Free the table. Done twice, it does nothing more.

    Raises:
        NotAllowed: neither hers, nor the team's.
    """
    require(may_take_away(subject, actor, pass_code))
    if subject.removed_at is not None:
        return
    subject.removed_at = at
    subject.save(update_fields=["removed_at"])
    session = subject.session
    record(
        "programme.subject_taken_away",
        actor=actor,
        at=at,
        event_id=session.event_id,
        about=session,
        public=True,
        subject=subject.code,
    )


def _save_on_free_table(subject: OpenSubject) -> None:
    """The database says who was first: two people never share a table by accident."""
    try:
        with transaction.atomic():
            subject.save()
    except IntegrityError:
        raise TableTaken() from None
