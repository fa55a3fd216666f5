"""What follows in registration when something happened elsewhere. Each may be called again without harm."""

from encommun.foundation.actor import SYSTEM
from encommun.journal.models import Entry
from encommun.programme.models import Session
from encommun.registration.commands import end_contributions, leave_workshops_of_other_days, note_contribution
from encommun.registration.models import Contribution, Seat


def passes_of_session(entry: Entry) -> None:
    """A session is confirmed, or its people changed: everybody who takes part has a pass."""
    session = Session.objects.select_related("event").filter(code=entry.about.rpartition(":")[2]).first()
    if session is None or session.state != Session.State.CONFIRMED:
        return
    for part in session.parts.exclude(email="").order_by("pk"):
        if part.kind in Contribution.Part.values:
            note_contribution(
                session.event,
                part=part.kind,
                name=part.name,
                email=part.email,
                session_code=session.code,
                actor=SYSTEM,
                at=entry.at,
            )


def parts_that_ended(entry: Entry) -> None:
    """Somebody left a session, or it is cancelled: the team sees whose pass came from it."""
    session = Session.objects.filter(code=entry.about.rpartition(":")[2]).first()
    if session is not None:
        end_contributions(session, at=entry.at)


def leave_other_days(entry: Entry) -> None:
    """A pass changed its day: its places in the workshops of the former one go to others."""
    seat = Seat.objects.filter(code=entry.about.rpartition(":")[2]).first()
    if seat is not None:
        leave_workshops_of_other_days(seat, at=entry.at)


def leave_all_of_seat(entry: Entry) -> None:
    """One pass is cancelled: its places in workshops go to others."""
    for seat in Seat.everything.filter(code=entry.about.rpartition(":")[2]):
        leave_workshops_of_other_days(seat, at=entry.at)


def leave_all(entry: Entry) -> None:
    """A booking is over: its places in workshops go to others."""
    for seat in Seat.objects.filter(booking__code=entry.about.rpartition(":")[2]):
        leave_workshops_of_other_days(seat, at=entry.at)
