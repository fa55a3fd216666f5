"""Who moved what, as the journal tells it."""

from dataclasses import dataclass
from datetime import UTC
from typing import Any

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.journal.models import Entry
from encommun.journal.rules import reference
from encommun.people.models import Account
from encommun.programme.models import Session

UNDONE, REDONE = "programme.move_undone", "programme.move_redone"
#: Each of these has ``before`` in its facts, and ``after`` since moves can be undone in turn.
MADE = ("programme.session_placed", "programme.session_unplaced", "programme.session_put_back", "programme.session_fixed")
MOVES = (*MADE, UNDONE, REDONE)
#: How far back somebody can go.
DEEPEST = 200

type Place = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A move, and who made it."""

    entry: int
    code: str
    kind: str
    by: int | None  # an account
    name: str
    before: Place
    after: Place | None


def place_of(session: Session) -> Place:
    """Where a session is, as the journal keeps it."""
    return {
        "room": session.room_id,
        "starts_at": session.starts_at.astimezone(UTC).isoformat() if session.starts_at else None,
        "minutes": session.minutes,
        "room_is_fixed": session.room_is_fixed,
        "time_is_fixed": session.time_is_fixed,
    }


def last_move(session: Session) -> Place | None:
    """Where the session was before its last move; None when it was never moved."""
    entry = Entry.objects.filter(about=reference(session), kind__in=MOVES).order_by("-id").first()
    return entry.facts["before"] if entry else None


def who_moved(session: Session) -> str:
    """The name of who moved it last; empty when nobody did, or when it was not a person."""
    entry = Entry.objects.filter(about=reference(session), kind__in=MOVES).order_by("-id").first()
    return _names([entry]).get(entry.actor, "") if entry else ""


def last_moves(event: Event, *, most: int = 10) -> list[Moved]:
    """The last moves of anybody, latest first. Two statements."""
    entries = list(Entry.objects.filter(event_id=event.pk, kind__in=MOVES).order_by("-id")[:most])
    names = _names(entries)
    return [
        Moved(
            entry=one.pk,
            code=one.about.partition(":")[2],
            kind=one.kind,
            by=_account(one.actor),
            name=names.get(one.actor, ""),
            before=one.facts["before"],
            after=one.facts.get("after"),
        )
        for one in entries
    ]


def _account(actor: str) -> int | None:
    kind, _colon, number = actor.partition(":")
    return int(number) if kind == "account" else None


def _names(entries: list[Entry]) -> dict[str, str]:
    numbers = {number for one in entries if (number := _account(one.actor)) is not None}
    return {f"account:{one.pk}": one.name or one.email for one in Account.objects.filter(pk__in=numbers)}


def stacks(event: Event, actor: Actor) -> tuple[list[list[Entry]], list[list[Entry]]]:
    """What somebody can undo, and do again, the latest last. Each is one move, or several that were made as one."""
    entries = Entry.objects.filter(event_id=event.pk, actor=actor.reference, kind__in=MOVES).order_by("-id")[:DEEPEST]
    undo: list[list[Entry]] = []
    redo: list[list[Entry]] = []
    for entry in reversed(entries):
        if entry.kind in MADE:
            if undo and _together(undo[-1][-1], entry):
                undo[-1].append(entry)
            else:
                undo.append([entry])
            redo = []
        elif entry.kind == UNDONE:
            _take(undo, redo, entry)
        else:
            _take(redo, undo, entry)
    return undo, redo


def _together(former: Entry, entry: Entry) -> bool:
    return bool(former.facts.get("batch")) and former.facts["batch"] == entry.facts.get("batch")


def _take(source: list[list[Entry]], target: list[list[Entry]], entry: Entry) -> None:
    """The first entry of a group that is undone takes the group over."""
    if source and any(one.pk == entry.facts.get("undoes") for one in source[-1]):
        target.append(source.pop())
