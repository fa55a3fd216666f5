"""An open-space slot as people see it: rounds, tables, and what was brought."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from encommun.events.models import Event
from encommun.foundation.refusals import NotFound
from encommun.programme.models import OpenSubject, Session


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table in a round, free while it has no subject."""

    round: int
    number: int
    subject: OpenSubject | None

    @property
    def key(self) -> str:
        """Names the place in forms: «2-5» is table 5 of round 2."""
        return f"{self.round}-{self.number}"


@dataclass(frozen=True, kw_only=True)
class Round:
    """The tables of one span of time."""

    number: int
    starts_at: datetime | None
    ends_at: datetime | None
    tables: list[Table]

    @property
    def taken(self) -> list[Table]:
        """Tables that have a subject."""
        return [one for one in self.tables if one.subject is not None]

    @property
    def free_count(self) -> int:
        """How many tables are free."""
        return len(self.tables) - len(self.taken)


@dataclass(frozen=True, kw_only=True)
class OpenSpace:
    """A slot that is filled on the day."""

    session: Session
    rounds: list[Round]

    @property
    def free(self) -> list[Table]:
        """Free tables, in order."""
        return [table for one in self.rounds for table in one.tables if table.subject is None]

    @property
    def subject_count(self) -> int:
        """How many subjects were brought."""
        return sum(len(one.taken) for one in self.rounds)


def open_space_of(event: Event, code: str) -> OpenSpace | None:
    """The open-space slot with this code; None when the session is something else. Two statements."""
    found = Session.objects.filter(event=event, code=code, kind=Session.Kind.OPEN_SPACE).select_related("event", "room").first()
    if found is None:
        return None
    brought = OpenSubject.objects.filter(session=found, removed_at=None)
    by_place = {(one.round, one.table): one for one in brought}
    return OpenSpace(session=found, rounds=[_round(found, number, by_place) for number in range(1, found.rounds + 1)])


def _round(session: Session, number: int, by_place: dict[tuple[int, int], OpenSubject]) -> Round:
    length = timedelta(minutes=session.minutes / session.rounds)
    starts_at = session.starts_at + length * (number - 1) if session.starts_at else None
    last = max([max(1, session.tables), *(table for one, table in by_place if one == number)])  # a table less hides no subject
    return Round(
        number=number,
        starts_at=starts_at,
        ends_at=starts_at + length if starts_at else None,
        tables=[Table(round=number, number=n, subject=by_place.get((number, n))) for n in range(1, last + 1)],
    )


def subject_of(session: Session, code: str) -> OpenSubject:
    """A subject of the slot that is still there.

    Raises:
        NotFound: none with this code.
    """
    found = OpenSubject.objects.filter(session=session, code=code, removed_at=None).select_related("session__event").first()
    if found is None:
        raise NotFound()
    return found


def open_spaces_of(event: Event) -> list[Session]:
    """The open-space slots of the gathering, by time."""
    found = Session.objects.filter(event=event, kind=Session.Kind.OPEN_SPACE).exclude(state=Session.State.CANCELLED)
    return list(found.select_related("event", "room").order_by("starts_at", "id"))
