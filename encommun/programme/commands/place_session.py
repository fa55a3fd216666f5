"""Give a session a room and a time, take them away, fix them, put it back where it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.places.models import Room
from encommun.programme.models import Session
from encommun.programme.queries.moves import last_move, place_of
from encommun.programme.refusals import MovedMeanwhile, NothingToPutBack
from encommun.programme.rules import may_change, may_compose, may_stand


@transaction.atomic
def place_session(
    session: Session,
    *,
    room: Room,
    starts_at: datetime,
    minutes: int | None = None,
    seen: int | None = None,
    actor: Actor,
    at: datetime,
) -> None:
    """Place or move it in the draft.

    Args:
        seen: the ``version`` of the session that the move began from; None moves it whatever happened meanwhile.

    Raises:
        NotAllowed, SessionCancelled: not the actor's, or not standing.
        RoomElsewhere, OutsideDays, LengthImpossible: not a place of the gathering.
        MovedMeanwhile: somebody moved it since ``seen``.
    """
    length = session.minutes if minutes is None else minutes
    require(may_compose(actor, session.event), may_change(session), may_stand(session.event, room, starts_at, length))
    place = {"room": room.pk, "starts_at": starts_at, "minutes": length}
    move(session, "programme.session_placed", place, seen=seen, actor=actor, at=at)


@transaction.atomic
def unplace_session(session: Session, *, seen: int | None = None, actor: Actor, at: datetime) -> None:
    """Take room and time away; what was fixed is loose again.

    Raises:
        NotAllowed, SessionCancelled: not the actor's, or not standing.
        MovedMeanwhile: somebody moved it since ``seen``.
    """
    require(may_compose(actor, session.event), may_change(session))
    place = {"room": None, "starts_at": None, "room_is_fixed": False, "time_is_fixed": False}
    move(session, "programme.session_unplaced", place, seen=seen, actor=actor, at=at)


@transaction.atomic
def fix_session(session: Session, *, room: bool, time: bool, seen: int | None = None, actor: Actor, at: datetime) -> None:
    """Say whether its room and its time stay as they are, whatever the builder finds.

    Raises:
        NotAllowed, SessionCancelled: not the actor's, or not standing.
        MovedMeanwhile: somebody moved it since ``seen``.
    """
    require(may_compose(actor, session.event), may_change(session))
    place = {"room_is_fixed": room and session.room_id is not None, "time_is_fixed": time and session.starts_at is not None}
    move(session, "programme.session_fixed", place, seen=seen, actor=actor, at=at)


@dataclass(frozen=True, kw_only=True)
class Move:
    """One of several moves made at once; no room and no time: it loses its place."""

    session: Session
    room: Room | None
    starts_at: datetime | None
    seen: int | None = None


@transaction.atomic
def move_sessions(event: Event, moves: Iterable[Move], *, actor: Actor, at: datetime) -> int:
    """Make several moves that are undone as one; answer how many sessions really moved.

    Raises:
        NotAllowed, SessionCancelled, RoomElsewhere, OutsideDays, LengthImpossible, MovedMeanwhile: as for one move.
    """
    require(may_compose(actor, event))
    batch, moved = new_code(12), 0
    for one in moves:
        session = one.session
        require(may_change(session))
        if one.room is not None and one.starts_at is not None:
            require(may_stand(event, one.room, one.starts_at, session.minutes))
        place = {"room": one.room.pk if one.room else None, "starts_at": one.starts_at}
        if (session.room_id, session.starts_at) != (place["room"], place["starts_at"]):
            move(session, "programme.session_placed", place, seen=one.seen, batch=batch, actor=actor, at=at)
            moved += 1
    return moved


@transaction.atomic
def put_back(session: Session, *, actor: Actor, at: datetime) -> None:
    """Undo the last move of a session, whoever made it; done twice, it does it again.

    Raises:
        NotAllowed, SessionCancelled: not the actor's, or not standing.
        NothingToPutBack: it was never moved, or its former room is gone.
    """
    require(may_compose(actor, session.event), may_change(session))
    before = last_move(session)
    if before is None or (before["room"] and not Room.objects.filter(pk=before["room"]).exists()):
        raise NothingToPutBack()
    move(session, "programme.session_put_back", read_place(before), actor=actor, at=at)


def read_place(facts: dict[str, Any]) -> dict[str, Any]:
    """A place as the journal keeps it, to move a session there."""
    return facts | {"starts_at": datetime.fromisoformat(facts["starts_at"]) if facts["starts_at"] else None}


def move(
    session: Session,
    kind: str,
    place: dict[str, Any],
    *,
    seen: int | None = None,
    batch: str = "",
    undoes: int | None = None,
    actor: Actor,
    at: datetime,
) -> None:
    """Write a place on the row as it is now, and where it was in the journal. Rules were asked before.

    Raises:
        MovedMeanwhile: the row is not the one that was seen.
    """
    row = Session.objects.select_for_update().get(pk=session.pk)
    if seen is not None and row.version != seen:
        raise MovedMeanwhile(title=row.title)
    before = place_of(row)
    row.room_id, row.starts_at = place.get("room", row.room_id), place.get("starts_at", row.starts_at)
    row.minutes = place.get("minutes", row.minutes)
    row.room_is_fixed = place.get("room_is_fixed", row.room_is_fixed) and row.room_id is not None
    row.time_is_fixed = place.get("time_is_fixed", row.time_is_fixed) and row.starts_at is not None
    row.version += 1
    names = ["room_id", "starts_at", "minutes", "room_is_fixed", "time_is_fixed", "version"]
    row.save(update_fields=[name.removesuffix("_id") for name in names])
    for name in names:
        setattr(session, name, getattr(row, name))
    more = ({"batch": batch} if batch else {}) | ({"undoes": undoes} if undoes else {})
    record(kind, actor=actor, at=at, event_id=row.event_id, about=row, before=before, after=place_of(row), **more)
