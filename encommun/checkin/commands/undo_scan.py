"""Take a scan back: it was a misreading, or the wrong person."""

from datetime import datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from encommun.checkin.models import Scan
from encommun.checkin.rules import may_keep_the_door, may_undo
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require

#: The number of an undoing follows from the number of the scan: undone twice is undone once.
UNDOING = UUID("6e3f0a52-7c8e-4b43-9f0b-0d8a55d4f7a1")


def undo_scan(event: Event, scan_id: UUID, *, actor: Actor, at: datetime) -> Scan:
    """Undo an entry or an exit of today: the pass stands as if it had not been shown. What was read stays written.

    Raises:
        NotAllowed, NotFound, NothingToUndo
    """
    require(may_keep_the_door(actor, event))
    scan = Scan.objects.filter(event=event, scan_id=scan_id).first()
    if scan is None:
        raise NotFound()
    require(may_undo(scan, at.astimezone(event.zone).date()))
    undoing = Scan(
        scan_id=uuid5(UNDOING, str(scan.scan_id)),
        event=event,
        ticket_id=scan.ticket_id,
        seat_id=scan.seat_id,
        direction=scan.direction,
        door=scan.door,
        result=Scan.Result.UNDONE,
        entry_day=scan.entry_day,
        undoes=scan.scan_id,
        mode="undo",
        made_at=at,
        at=at,
        by=actor.reference,
    )
    try:
        with transaction.atomic():
            undoing.save(force_insert=True)
        return undoing
    except IntegrityError:
        return Scan.objects.get(undoes=scan.scan_id)
