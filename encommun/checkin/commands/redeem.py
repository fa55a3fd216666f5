"""Look at a code at the door, and let somebody in once a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from encommun.checkin.models import Scan
from encommun.checkin.queries import door_of, scans_of, what_is_shown
from encommun.checkin.refusals import ScanNumberReused
from encommun.checkin.rules import COLOURS, Shown, judge, may_keep_the_door, standing
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.composed import insert
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the door answers. The sentence to say is made from it (``sentences.py``).

    Attributes:
        at: when the code was shown.
        first_at: when this pass came in on that day, if it was inside already.
        is_repeat: whether this very scan was answered before (a call sent twice).
    """

    result: Scan.Result
    scan_id: UUID
    at: datetime
    name: str = ""
    pass_name: str = ""
    seat_code: str = ""
    days: tuple[date, ...] = ()
    first_at: datetime | None = None
    is_repeat: bool = False

    @property
    def colour(self) -> str:
        """«green», «orange» or «red»."""
        return COLOURS[self.result]


def redeem(
    event: Event,
    code: str,
    *,
    scan_id: UUID,
    mode: str,
    direction: str = Scan.Direction.ENTRY,
    door: int = 0,
    let_in: bool = False,
    actor: Actor,
    at: datetime,
    device: str = "",
    device_seq: int | None = None,
    device_time: datetime | None = None,
) -> Outcome:
    """Look at a code; admit the pass if it is good for today and is not inside yet.

    One indexed read, then one INSERT: of two doors at the same moment the database admits one (constraint
    ``one_entry_a_turn``). The same ``scan_id`` again gives the same answer. The scan is its own append-only record, so
    nothing is written in the journal: a queue at the door must not lengthen the chain.

    Args:
        door: the number of a ``Door``; 0 where the gathering has none.
        let_in: a door without network let the person in already (``mode`` «offline»): this is written as it was, and counts
            from ``device_time`` on, never from a moment to come.

    Raises:
        NotAllowed: the actor does not keep the door.
        NotFound: there is no such door.
        ScanNumberReused: the ``scan_id`` came before with another code.
    """
    require(may_keep_the_door(actor, event))
    shown = what_is_shown(event, code)
    offline = mode == "offline"
    made_at = min(device_time, at) if offline and device_time else at
    today = made_at.astimezone(event.zone).date()
    result = judge(shown, today, door_of(event, door) if door else None)
    if offline and let_in and shown.seat is not None:
        result = Scan.Result.ADMITTED
    if direction == Scan.Direction.EXIT and result == Scan.Result.ADMITTED:
        result = Scan.Result.OUT
    counts = result in (Scan.Result.ADMITTED, Scan.Result.OUT)
    scan = Scan(
        scan_id=scan_id,
        event=event,
        ticket=shown.ticket,
        seat=shown.seat,
        direction=direction,
        door=door,
        result=result,
        entry_day=today if counts else None,
        mode=mode,
        device=clean_line(device)[:60],
        device_seq=device_seq,
        device_time=device_time,
        made_at=made_at,
        at=at,
        by=actor.reference,
    )
    written, first = _write(scan, forced=offline and let_in)
    if written is not scan and (written.seat_id, written.event_id) != (scan.seat_id, scan.event_id):
        raise ScanNumberReused()
    return _outcome(shown, written, first, is_repeat=written is not scan)


def _write(scan: Scan, *, forced: bool) -> tuple[Scan, Scan | None]:
    """Insert the scan; answer the row that counts, and the entry that was there before.

    An entry tries turn 0 without looking. If there was one, the scans of that day say whether the pass is inside: then this is
    «already in», else it tries the next turn, which somebody else may have taken meanwhile.
    """
    first = None
    while not insert([scan], or_nothing=True):
        of_day = Q(seat_id=scan.seat_id, entry_day=scan.entry_day, door=scan.door) if scan.entry_day else Q(pk=None)
        rows = list(Scan.objects.filter(Q(scan_id=scan.scan_id) | of_day))
        same = next((row for row in rows if row.scan_id == scan.scan_id), None)
        if same is not None:
            return same, _entry_before(same)
        now = standing(rows)
        if now.inside is not None and not forced:
            scan.result, scan.entry_day, first = Scan.Result.ALREADY_IN, None, now.inside
        else:
            scan.turn = 1 + max((row.turn for row in rows if row.result == Scan.Result.ADMITTED), default=-1)
            first = now.first if now.inside else None
    return scan, first


def _entry_before(scan: Scan) -> Scan | None:
    """The entry that made a former scan answer «already in»."""
    if scan.result != Scan.Result.ALREADY_IN:
        return None
    day = scan.made_at.astimezone(scan.event.zone).date()
    before = [row for row in scans_of(scan.seat_id, day, scan.door) if row.made_at <= scan.made_at]
    now = standing(before)
    return now.inside or now.first


def _outcome(shown: Shown, scan: Scan, first: Scan | None, *, is_repeat: bool) -> Outcome:
    seat = shown.seat
    return Outcome(
        result=Scan.Result(scan.result),
        scan_id=scan.scan_id,
        at=scan.made_at,
        name=(seat.holder_name or seat.booking.name) if seat else "",
        pass_name=str(seat.pass_type.name) if seat else "",
        seat_code=seat.code if seat else "",
        days=tuple(date.fromisoformat(day) for day in seat.days) if seat else (),
        first_at=first.made_at if first else None,
        is_repeat=is_repeat,
    )
