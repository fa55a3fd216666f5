"""Look at a code at the door, and let somebody in once a day."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from encommun.checkin.models import Scan
from encommun.checkin.queries import what_is_shown
from encommun.checkin.refusals import ScanNumberReused
from encommun.checkin.rules import COLOURS, Shown, judge, may_keep_the_door
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.composed import insert
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the door answers. The sentence to say is made from it (``sentences.py``).

    Attributes:
        first_at: when this pass came in on that day, if it did before.
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
    actor: Actor,
    at: datetime,
    device: str = "",
    device_seq: int | None = None,
    device_time: datetime | None = None,
) -> Outcome:
    """Look at a code; admit the pass if it is good for today and did not come in yet.

    One indexed read, then one INSERT: of two doors at the same moment the database admits one (constraint
    ``one_entry_a_day``). The same ``scan_id`` again gives the same answer. The scan is its own append-only record, so
    nothing is written in the journal: a queue at the door must not lengthen the chain.

    Raises:
        NotAllowed: the actor does not keep the door.
        ScanNumberReused: the ``scan_id`` came before with another code.
    """
    require(may_keep_the_door(actor, event))
    shown = what_is_shown(event, code)
    today = at.astimezone(event.zone).date()
    result = judge(shown, today)
    scan = Scan(
        scan_id=scan_id,
        event=event,
        ticket=shown.ticket,
        result=result,
        entry_day=today if result == Scan.Result.ADMITTED else None,
        mode=mode,
        device=clean_line(device)[:60],
        device_seq=device_seq,
        device_time=device_time,
        at=at,
        by=actor.reference,
    )
    written, first = _write(scan)
    if written is not scan and (written.ticket_id, written.event_id) != (scan.ticket_id, scan.event_id):
        raise ScanNumberReused()
    return _outcome(shown, written, first, is_repeat=written is not scan)


def _write(scan: Scan) -> tuple[Scan, Scan | None]:
    """Insert the scan; answer the row that counts, and the entry that was there before."""
    if insert([scan], or_nothing=True):
        return scan, None
    first_entry = Q(ticket_id=scan.ticket_id, entry_day=scan.entry_day, result=Scan.Result.ADMITTED)
    rows = list(Scan.objects.filter(Q(scan_id=scan.scan_id) | (first_entry if scan.entry_day else Q(pk=None))))
    same = next((row for row in rows if row.scan_id == scan.scan_id), None)
    if same is not None:
        return same, _entry_before(same)
    if not rows:  # what stood in the way is gone
        return _write(scan)
    scan.result, scan.entry_day = Scan.Result.ALREADY_IN, None
    written, _none = _write(scan)
    return written, rows[0]


def _entry_before(scan: Scan) -> Scan | None:
    """The entry that made a former scan answer «already in»."""
    if scan.result != Scan.Result.ALREADY_IN:
        return None
    day = scan.at.astimezone(scan.event.zone).date()
    return Scan.objects.filter(ticket_id=scan.ticket_id, entry_day=day, result=Scan.Result.ADMITTED).first()


def _outcome(shown: Shown, scan: Scan, first: Scan | None, *, is_repeat: bool) -> Outcome:
    seat = shown.seat
    return Outcome(
        result=Scan.Result(scan.result),
        scan_id=scan.scan_id,
        at=scan.at,
        name=(seat.holder_name or seat.booking.name) if seat else "",
        pass_name=str(seat.pass_type.name) if seat else "",
        seat_code=seat.code if seat else "",
        days=tuple(date.fromisoformat(day) for day in seat.days) if seat else (),
        first_at=first.at if first else None,
        is_repeat=is_repeat,
    )
