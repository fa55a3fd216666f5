"""Workshops: for holders, for the team, at the door."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import NotFound, Verdict, require
from encommun.programme.models import Session
from encommun.programme.queries import latest_version
from encommun.registration.models import Contribution, Draw, Seat, SignUp, Workshop
from encommun.registration.rules import keeps_door, keeps_registration, keeps_workshops, may_sign_up, overlaps, session_day

LIVING = (SignUp.State.WISHED, SignUp.State.IN, SignUp.State.WAITING)


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A workshop as a holder sees it."""

    workshop: Workshop
    mine: SignUp | None
    may: Verdict
    clash: Verdict
    waiting: int

    @property
    def session(self) -> Session:
        return self.workshop.session


def _published(event: Event) -> set[str]:
    version = latest_version(event)
    return {one["code"] for one in version.content["sessions"]} if version else set()


def workshops_for(actor: Actor, seat: Seat, at: datetime) -> list[Offered]:
    """The published workshops of the days of a pass, by time, with where the holder stands in each. Four statements."""
    event, known = seat.booking.event, _published(seat.booking.event)
    waiting = Count("sign_ups", filter=Q(sign_ups__state=SignUp.State.WAITING))
    found = Workshop.objects.filter(session__event=event, session__code__in=known, session__state=Session.State.CONFIRMED)
    found = found.exclude(session__starts_at=None).exclude(session__room=None).annotate(waiting=waiting)
    rows = list(found.select_related("session__event", "session__room").order_by("session__starts_at", "session__title"))
    mine = {one.workshop_id: one for one in SignUp.objects.filter(seat=seat, state__in=LIVING).select_related("workshop__session")}
    held = [one.workshop for one in mine.values() if one.state != SignUp.State.WISHED]
    return [
        Offered(
            workshop=one,
            mine=mine.get(one.pk),
            may=may_sign_up(actor, seat, one, at),
            clash=overlaps(one, held),
            waiting=one.waiting,
        )
        for one in rows
        if session_day(one.session).isoformat() in seat.days
    ]


def turn_of(one: SignUp) -> int:
    """The place of somebody in the queue of a workshop."""
    before = Q(joined_at__lt=one.joined_at) | Q(joined_at=one.joined_at, pk__lte=one.pk)
    return SignUp.objects.filter(before, workshop_id=one.workshop_id, state=SignUp.State.WAITING).count()


def sessions_to_open(actor: Actor, event: Event) -> list[Session]:
    """The placed and confirmed sessions of an event, each with ``counted``: its workshop with numbers, or None. Two statements.

    Raises:
        NotAllowed
    """
    require(keeps_workshops(actor, event.pk))
    state = SignUp.State
    counts = {
        "inside": Count("sign_ups", filter=Q(sign_ups__state=state.IN)),
        "waiting": Count("sign_ups", filter=Q(sign_ups__state=state.WAITING)),
        "wished": Count("sign_ups", filter=Q(sign_ups__state=state.WISHED)),
    }
    counted = {one.session_id: one for one in Workshop.objects.filter(session__event=event).annotate(**counts)}
    found = Session.objects.filter(event=event, state=Session.State.CONFIRMED).exclude(starts_at=None).exclude(room=None)
    rows = list(found.select_related("room", "event").order_by("starts_at", "title"))
    for row in rows:
        row.counted = counted.get(row.pk)
    return rows


def session_to_open(actor: Actor, event: Event, code: str) -> Session:
    """One of them.

    Raises:
        NotAllowed, NotFound
    """
    found = next((one for one in sessions_to_open(actor, event) if one.code == read_code(code)), None)
    if found is None:
        raise NotFound()
    return found


def door_list(actor: Actor, event: Event, code: str) -> Workshop:
    """Who has a place in a workshop and who waits (``inside``, ``waiting``), by name, for its door.

    Raises:
        NotAllowed, NotFound
    """
    require(keeps_door(actor, event.pk))
    found = (
        Workshop.objects.select_related("session__room", "session__event")
        .filter(session__event=event, session__code=read_code(code))
        .first()
    )
    if found is None:
        raise NotFound()
    rows = SignUp.objects.filter(workshop=found, state__in=(SignUp.State.IN, SignUp.State.WAITING)).select_related("seat__booking")
    people = sorted(rows, key=lambda one: (one.seat.holder_name or one.seat.booking.name).casefold())
    found.inside = [one for one in people if one.state == SignUp.State.IN]
    found.waiting = sorted((one for one in people if one.state == SignUp.State.WAITING), key=lambda one: (one.joined_at, one.pk))
    return found


def sign_up_at_door(actor: Actor, event: Event, number: int) -> SignUp:
    """One line of a door's list.

    Raises:
        NotAllowed, NotFound
    """
    require(keeps_door(actor, event.pk))
    found = SignUp.objects.select_related("workshop__session").filter(workshop__session__event=event, pk=number).first()
    if found is None:
        raise NotFound()
    return found


def draws_of(event: Event) -> list[Draw]:
    """The draws of an event, the latest first: public."""
    return list(Draw.objects.filter(event=event))


def contributions_seen_by(actor: Actor, event: Event) -> list[Contribution]:
    """Who contributes to an event, with the pass that it brought.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, event.pk))
    return list(Contribution.objects.filter(event=event).select_related("seat__booking", "seat__pass_type"))
