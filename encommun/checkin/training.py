"""Three codes to train with. They are worth nothing at the door, and nothing is written when they are read."""

from datetime import datetime, timedelta
from uuid import UUID

from encommun.checkin.commands import Outcome
from encommun.checkin.models import Scan
from encommun.events.models import Event

#: What the three codes answer, in the order in which they are tried.
RESULTS = {"ESSAI-1": Scan.Result.ADMITTED, "ESSAI-2": Scan.Result.ALREADY_IN, "ESSAI-3": Scan.Result.OTHER_EVENT}


def try_code(event: Event, code: str, *, at: datetime) -> Outcome:
    """What the door would answer to a training code; to any other: unknown."""
    result = RESULTS.get(code.strip().upper(), Scan.Result.UNKNOWN)
    known = result != Scan.Result.UNKNOWN
    return Outcome(
        result=result,
        scan_id=UUID(int=0),
        at=at,
        name="Camille Exemple" if known and result != Scan.Result.OTHER_EVENT else "",
        pass_name="",
        days=tuple(event.days),
        first_at=at - timedelta(minutes=48) if result == Scan.Result.ALREADY_IN else None,
    )
