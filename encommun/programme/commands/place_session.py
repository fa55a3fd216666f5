"""Give a session a room and a time, take them away, put it back where it was."""

from datetime import datetime
from typing import Any

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.places.models import Room
from encommun.programme.models import Session
from encommun.programme.queries.draft import last_move
from encommun.programme.refusals import NothingToPutBack
from encommun.programme.rules import may_change, may_compose, may_stand


@transaction.atomic
def place_session(
    session: Session, *, room: Room, starts_at: datetime, minutes: int | None = None, actor: Actor, at: datetime
) -> None:
    """Place or move it in the draft.

    Raises:
        NotAllowed, SessionCancelled: not the actor's, or not standing.
        RoomElsewhere, OutsideDays, LengthImpossible: not a place of the gathering.
    """
    length = session.minutes if minutes is None else minutes
    require(may_compose(actor, session.event), may_change(session), may_stand(session.event, room, starts_at, length))
    _move(session, "programme.session_placed", room.pk, starts_at, length, actor=actor, at=at)


@transaction.atomic
def unplace_session(session: Session, *, actor: Actor, at: datetime) -> None:
    """Take room and time away.

    Raises:
        NotAllowed, SessionCancelled: not the actor's, or not standing.
    """
    require(may_compose(actor, session.event), may_change(session))
    _move(session, "programme.session_unplaced", None, None, session.minutes, actor=actor, at=at)


@transaction.atomic
def put_back(session: Session, *, actor: Actor, at: datetime) -> None:
    """Undo the last move; done twice, it does it again.

    Raises:
        NotAllowed, SessionCancelled: not the actor's, or not standing.
        NothingToPutBack: it was never moved, or its former room is gone.
    """
    require(may_compose(actor, session.event), may_change(session))
    before = last_move(session)
    if before is None or (before["room"] and not Room.objects.filter(pk=before["room"]).exists()):
        raise NothingToPutBack()
    starts_at = datetime.fromisoformat(before["starts_at"]) if before["starts_at"] else None
    _move(session, "programme.session_put_back", before["room"], starts_at, before["minutes"], actor=actor, at=at)


def _move(
    session: Session, kind: str, room: int | None, starts_at: datetime | None, minutes: int, *, actor: Actor, at: datetime
) -> None:
    before: dict[str, Any] = {
        "room": session.room_id,
        "starts_at": session.starts_at.isoformat() if session.starts_at else None,
        "minutes": session.minutes,
    }
    session.room_id, session.starts_at, session.minutes = room, starts_at, minutes
    session.save(update_fields=["room", "starts_at", "minutes"])
    record(kind, actor=actor, at=at, event_id=session.event_id, about=session, before=before)
