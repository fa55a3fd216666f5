"""Who may compose the programme, and what a session allows."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from encommun.call.anonymity import hides_authors_from
from encommun.call.models import Proposal
from encommun.events.models import Event
from encommun.events.rules import may_act_as
from encommun.foundation.actor import Actor, ActorKind, Role
from encommun.foundation.refusals import NotAllowed, Verdict
from encommun.places.models import Room
from encommun.programme.holders import holder_of
from encommun.programme.models import OpenSubject, Session
from encommun.programme.refusals import (
    ContinuedAlready,
    ContinuesItself,
    LengthImpossible,
    NamesStillHidden,
    NoSuchTable,
    NotAnsweredYet,
    NothingToTry,
    NotUnited,
    OutsideDays,
    PassOfAnotherDay,
    PassUnknown,
    RoomElsewhere,
    SessionCancelled,
    SessionNotCancelled,
    SlotNotOpen,
    SlotNotYetOpen,
    UnitedWithItself,
)

#: A day of the gathering ends at five in the morning: a ball that starts at half past midnight is on the evening's day.
DAY_CHANGES_AT = time(5)


def may_compose(actor: Actor, event: Event) -> Verdict:
    """Whether the actor makes, moves and publishes sessions."""
    return True if actor.kind == ActorKind.SYSTEM else may_act_as(actor, event, Role.PROGRAMME)


def may_change(session: Session) -> Verdict:
    """Whether the session may be placed or cancelled: a cancelled one is confirmed again first."""
    return SessionCancelled() if session.state == Session.State.CANCELLED else True


def may_confirm(session: Session) -> Verdict:
    """Whether there is something to confirm. What is only tried waits for its authors' yes."""
    if session.state == Session.State.IDEA:
        return NotAnsweredYet()
    return SessionNotCancelled() if session.state == Session.State.CONFIRMED else True


def may_continue(session: Session | None, former: Session | None) -> Verdict:
    """Whether a session (or a new one) may follow another: one after the other, never in a circle."""
    if former is None:
        return True
    if Session.objects.filter(continues=former).exclude(pk=session.pk if session else None).exists():
        return ContinuedAlready(title=former.title)
    step: Session | None = former
    while step is not None:
        if step == session:
            return ContinuesItself()
        step = step.continues
    return True


def may_try(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether a proposal may be tried in the draft: public, without a session, and its authors no secret (the draft names them)."""
    if hides_authors_from(actor, proposal.event):
        return NamesStillHidden()
    if proposal.state != Proposal.State.PUBLISHED or Session.objects.filter(Q(proposal=proposal) | Q(united=proposal)).exists():
        return NothingToTry()
    return True


def may_unite(session: Session, other: Session) -> Verdict:
    """Whether two sessions may become one: both stand, and are two."""
    if session == other or session.event_id != other.event_id:
        return UnitedWithItself()
    return may_change(session) if may_change(session) is not True else may_change(other)


def may_part(session: Session, proposal: Proposal) -> Verdict:
    """Whether a proposal may leave the session that it was united in."""
    return True if session.united.filter(pk=proposal.pk).exists() else NotUnited()


def may_stand(event: Event, room: Room, starts_at: datetime, minutes: int) -> Verdict:
    """Whether the place is one of the gathering's. Clashes are warnings (``queries/checks.py``), never refusals."""
    if not 5 <= minutes <= 1440:
        return LengthImpossible()
    if not event.event_venues.filter(venue_id=room.venue_id).exists():
        return RoomElsewhere()
    return True if day_of(starts_at, event.zone) in event.days else OutsideDays()


def keeps_desk(actor: Actor, event: Event) -> bool:
    """Whether the actor writes down the subjects of those who stand before her: who composes, or keeps the door."""
    return actor.kind == ActorKind.SYSTEM or actor.has_role(event.pk, Role.PROGRAMME, Role.DOOR)


def welcomes_subjects(session: Session, actor: Actor, at: datetime) -> Verdict:
    """Whether subjects are brought now: by the team as soon as the slot has a time, by everyone on its day, until it ends."""
    ends_at = session.ends_at
    if session.kind != Session.Kind.OPEN_SPACE or session.state == Session.State.CANCELLED or ends_at is None or at >= ends_at:
        return SlotNotOpen()
    if keeps_desk(actor, session.event):
        return True
    today, day = day_of(at, session.event.zone), day_of(ends_at - timedelta(minutes=1), session.event.zone)
    return True if today >= day and session.state == Session.State.CONFIRMED else SlotNotYetOpen()


def may_bring(session: Session, actor: Actor, pass_code: str = "") -> Verdict:
    """Whether somebody brings a subject: with a pass of that day, or for somebody at the desk."""
    if keeps_desk(actor, session.event) and not pass_code:
        return True
    held = holder_of(session.event, actor, pass_code)
    if held is None:
        return PassUnknown()
    if session.starts_at is None:
        return SlotNotOpen()
    return True if day_of(session.starts_at, session.event.zone).isoformat() in held.days else PassOfAnotherDay()


def may_take_away(subject: OpenSubject, actor: Actor, pass_code: str = "") -> Verdict:
    """Whether a subject is hers to move or take away; the team's always."""
    event = subject.session.event
    if keeps_desk(actor, event) and not pass_code:
        return True
    held = holder_of(event, actor, pass_code)
    if pass_code and held is None:
        return PassUnknown()
    return True if held is not None and held.email and held.email == subject.email else NotAllowed()


def table_exists(session: Session, round: int, table: int) -> Verdict:
    """Whether the slot has this table in this round."""
    return True if 1 <= round <= session.rounds and 1 <= table <= max(1, session.tables) else NoSuchTable()


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The day of the gathering that a moment belongs to."""
    local = moment.astimezone(zone)
    return local.date() - timedelta(days=local.time() < DAY_CHANGES_AT)


def moment_on(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """A time of day on a day of the gathering: 00:30 on Thursday is in the night to Friday."""
    return datetime.combine(day + timedelta(days=clock < DAY_CHANGES_AT), clock, tzinfo=zone)
