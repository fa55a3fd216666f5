"""Undo one's own last move, and do it again. What others moved since stays where they put it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.journal.models import Entry
from encommun.places.models import Room
from encommun.programme.commands.place_session import move, read_place
from encommun.programme.models import Session
from encommun.programme.queries.moves import REDONE, UNDONE, place_of, stacks
from encommun.programme.refusals import NothingToRedo, NothingToUndo
from encommun.programme.rules import may_compose


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What came of it.

    Attributes:
        moved: the sessions that are back.
        left: those that somebody else moved since, or that are cancelled: they stay.
    """

    moved: list[Session]
    left: list[Session]


@transaction.atomic
def undo_move(event: Event, *, actor: Actor, at: datetime) -> Undone:
    """Undo the last move that the actor made and has not undone.

    Raises:
        NotAllowed: the actor does not compose the programme.
        NothingToUndo: there is none.
    """
    require(may_compose(actor, event))
    undo, _redo = stacks(event, actor)
    if not undo:
        raise NothingToUndo()
    return _turn(event, undo[-1], UNDONE, "after", "before", actor=actor, at=at)


@transaction.atomic
def redo_move(event: Event, *, actor: Actor, at: datetime) -> Undone:
    """Do again what the actor undid last.

    Raises:
        NotAllowed: the actor does not compose the programme.
        NothingToRedo: nothing was undone since the last move.
    """
    require(may_compose(actor, event))
    _undo, redo = stacks(event, actor)
    if not redo:
        raise NothingToRedo()
    return _turn(event, redo[-1], REDONE, "before", "after", actor=actor, at=at)


def _turn(event: Event, entries: list[Entry], kind: str, stands: str, goes: str, *, actor: Actor, at: datetime) -> Undone:
    """Each session that still is where the entry left it goes where it was; the entry counts as turned in any case."""
    codes = [entry.about.partition(":")[2] for entry in entries]
    rows = {one.code: one for one in Session.objects.select_for_update().filter(event=event, code__in=codes)}
    rooms = set(Room.objects.filter(pk__in=[entry.facts[goes]["room"] for entry in entries]).values_list("pk", flat=True))
    done = Undone(moved=[], left=[])
    for entry, code in zip(entries, codes, strict=True):
        row, target = rows.get(code), entry.facts[goes]
        room_is_there = target["room"] is None or target["room"] in rooms
        if row is None:
            record(kind, actor=actor, at=at, event_id=event.pk, about=event, undoes=entry.pk, **_nowhere(entry))
        elif place_of(row) == entry.facts[stands] and row.state != Session.State.CANCELLED and room_is_there:
            move(row, kind, read_place(target), undoes=entry.pk, actor=actor, at=at)
            done.moved.append(row)
        else:
            place = place_of(row)
            record(kind, actor=actor, at=at, event_id=event.pk, about=row, undoes=entry.pk, before=place, after=place)
            done.left.append(row)
    return done


def _nowhere(entry: Entry) -> dict[str, object]:
    return {"before": entry.facts["before"], "after": entry.facts["before"]}
