"""Make a session."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from encommun.events.models import Axis, Event, Presence
from encommun.events.models.presence import Spans
from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_line, clean_text
from encommun.journal.commands import record
from encommun.people.models import Account
from encommun.places.models import Equipment
from encommun.programme.models import Part, Session
from encommun.programme.refusals import TitleMissing
from encommun.programme.rules import may_compose


@dataclass(frozen=True, kw_only=True)
class SomebodyTaking:
    """Somebody who takes part, as written down."""

    name: str
    email: str = ""
    structure_name: str = ""
    kind: str = Part.Kind.CARRIES
    name_is_public: bool = False
    account_id: int | None = None
    presence: Presence | None = None  # her hours; None: as they were


@dataclass(frozen=True, kw_only=True)
class Needs:
    """What a session asks of a room, and an open-space slot of its tables."""

    layout: str = ""
    equipment: tuple[str, ...] = ()
    step_free: bool = False
    hearing_loop: bool = False
    quiet: bool = False
    expected: int | None = None
    tables: int = 0
    rounds: int = 1
    wished: Spans = ()

    def put_on(self, session: Session) -> None:
        """Write them on a session (not saved)."""
        session.layout, session.equipment = self.layout, [code for code in Equipment.values if code in self.equipment]
        session.needs_step_free, session.needs_hearing_loop, session.needs_quiet = self.step_free, self.hearing_loop, self.quiet
        session.expected, session.tables, session.rounds = self.expected, self.tables, self.rounds
        session.wished = [list(span) for span in self.wished]


NEEDS = ("layout", "equipment", "needs_step_free", "needs_hearing_loop", "needs_quiet", "expected", "tables", "rounds", "wished")


@dataclass(frozen=True, kw_only=True)
class SessionText:
    """What a session says of itself."""

    title: str
    abstract: str = ""
    axis: Axis | None = None
    format_name: str = ""
    language: str = "fr"
    licence: str = ""
    minutes: int = 60
    kind: str = Session.Kind.SESSION
    needs: Needs | None = None  # None: as they were

    def put_on(self, session: Session) -> None:
        """Write it on a session (not saved).

        Raises:
            TitleMissing: nothing is left of the title.
        """
        session.title, session.abstract = clean_line(self.title), clean_text(self.abstract)
        if not session.title:
            raise TitleMissing()
        session.axis, session.format_name = self.axis, clean_line(self.format_name)
        session.language, session.licence = self.language, self.licence
        session.minutes, session.kind = self.minutes, self.kind
        if self.needs is not None:
            self.needs.put_on(session)


@transaction.atomic
def make_session(
    event: Event,
    text: SessionText,
    people: Iterable[SomebodyTaking] = (),
    *,
    is_confirmed: bool = False,
    actor: Actor,
    at: datetime,
) -> Session:
    """A session that is being built, or confirmed at once.

    Raises:
        NotAllowed: the actor does not compose the programme.
        TitleMissing: a session has a title.
    """
    require(may_compose(actor, event))
    session = Session(event=event, created_at=at, state=Session.State.CONFIRMED if is_confirmed else Session.State.BUILDING)
    text.put_on(session)
    save_with_new_code(session)
    set_people(session, people)
    record("programme.session_made", actor=actor, at=at, event_id=event.pk, about=session, state=session.state)
    return session


def save_with_new_code(session: Session) -> None:
    """Save with a code that no other session has."""
    while True:
        session.code = new_code()
        try:
            with transaction.atomic():
                session.save()
        except IntegrityError:
            if not Session.objects.filter(code=session.code).exists():
                raise
        else:
            return


def set_people(session: Session, people: Iterable[SomebodyTaking]) -> None:
    """Replace who takes part, in this order; known accounts are found by their address."""
    named = [one for one in people if clean_line(one.name)]
    emails = [clean_email(one.email) for one in named if one.email]
    accounts = dict(Account.objects.filter(email__in=emails).values_list("email", "pk"))
    former = {_known_as(part.email, part.name): part.presence for part in session.parts.all()}
    session.parts.all().delete()
    Part.objects.bulk_create(
        Part(
            session=session,
            account_id=one.account_id or accounts.get(clean_email(one.email)),
            email=clean_email(one.email),
            name=clean_line(one.name),
            structure_name=clean_line(one.structure_name),
            kind=one.kind,
            name_is_public=one.name_is_public,
            presence=former.get(_known_as(clean_email(one.email), clean_line(one.name)), Presence())
            if one.presence is None
            else one.presence,
            position=position,
        )
        for position, one in enumerate(named)
    )


def _known_as(email: str, name: str) -> str:
    return email or name.casefold()
