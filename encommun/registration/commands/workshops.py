"""Places in workshops: open them, take one, wait, leave, wish, draw, open the door."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM, Actor
from encommun.foundation.refusals import NotAllowed, NotFound, require
from encommun.foundation.signing import fingerprint
from encommun.journal.commands import record
from encommun.programme.models import Session
from encommun.registration.draw import Person, Room, draw, order
from encommun.registration.models import Booking, Draw, Seat, SignUp, Workshop
from encommun.registration.models.workshop import NO_SHOW
from encommun.registration.refusals import AlreadySignedUp, WorkshopDoesNotHold, WorkshopUsesDraw
from encommun.registration.rules import keeps_door, keeps_workshops, may_sign_up, overlaps, session_day

LIVING = (SignUp.State.IN, SignUp.State.WAITING)


@transaction.atomic
def open_workshop(
    session: Session,
    *,
    seats: int,
    kept: int = 0,
    opens_at: datetime,
    kept_until: datetime | None = None,
    draws_at: datetime | None = None,
    actor: Actor,
    at: datetime,
) -> Workshop:
    """Count the places of a session, or change how they are counted: never under what is taken.

    Raises:
        NotAllowed, WorkshopDoesNotHold
    """
    require(keeps_workshops(actor, session.event_id))
    former = Workshop.objects.select_for_update().filter(session=session).first()
    if not 1 <= seats <= 5000 or not 0 <= kept <= seats or (draws_at is not None and draws_at <= opens_at):
        raise WorkshopDoesNotHold()
    if former is not None and (kept < former.filled_kept or seats - kept < former.filled):
        raise WorkshopDoesNotHold()
    values = {"seats": seats, "kept": kept, "opens_at": opens_at, "kept_until": kept_until, "draws_at": draws_at}
    workshop, _made = Workshop.objects.update_or_create(session=session, defaults=values)
    record("registration.workshop_opened", actor=actor, at=at, event_id=session.event_id, about=session, seats=seats, kept=kept)
    if not workshop.waits_for_draw:
        promote(workshop, at=at)
    return workshop


@transaction.atomic
def sign_up(workshop: Workshop, seat: Seat, *, has_priority: bool = False, actor: Actor, at: datetime) -> SignUp:
    """Take a place, or one in the queue when there is none: it is given by itself when somebody leaves.

    Raises:
        NotAllowed, NotForThatDay, WorkshopNotOpen, WorkshopClash, WorkshopUsesDraw, AlreadySignedUp
    """
    seat = _locked(seat)
    workshop = Workshop.objects.select_related("session__event").get(pk=workshop.pk)
    require(may_sign_up(actor, seat, workshop, at))
    if workshop.waits_for_draw:
        raise WorkshopUsesDraw()
    if SignUp.objects.filter(workshop=workshop, seat=seat, state__in=LIVING).exists():
        raise AlreadySignedUp()
    require(overlaps(workshop, [one.workshop for one in _living_of(seat)]))
    queue = SignUp.objects.filter(workshop=workshop, state=SignUp.State.WAITING, has_priority=False).exists()
    pool = "" if queue and not has_priority else Workshop.objects.claim(workshop.pk, has_priority=has_priority)
    state = SignUp.State.IN if pool else SignUp.State.WAITING
    made = SignUp.objects.create(workshop=workshop, seat=seat, state=state, pool=pool, has_priority=has_priority, joined_at=at)
    facts = {"session": workshop.session.code, "state": state}
    record("registration.signed_up", actor=actor, at=at, event_id=workshop.session.event_id, about=seat, **facts)
    return made


@transaction.atomic
def leave_workshop(one: SignUp, *, actor: Actor, at: datetime) -> None:
    """Give a place or a turn back; the place goes to the first who waits, by itself.

    Raises:
        NotAllowed, NotFound
    """
    seat = _locked(one.seat)
    require(True if actor == SYSTEM or may_sign_up(actor, seat, None, at) is True else NotAllowed())
    one = SignUp.objects.select_for_update(of=("self",)).select_related("workshop__session").get(pk=one.pk)
    if one.state not in (*LIVING, SignUp.State.WISHED):
        raise NotFound()
    _free(one, SignUp.State.LEFT)
    facts = {"session": one.workshop.session.code}
    record("registration.left_workshop", actor=actor, at=at, event_id=one.workshop.session.event_id, about=seat, **facts)
    promote(one.workshop, at=at)


@transaction.atomic
def wish_for(seat: Seat, workshops: Sequence[Workshop], *, has_priority: bool = False, actor: Actor, at: datetime) -> None:
    """Say which workshops one wishes for, the dearest first, before their draw. Replaces the wishes made before.

    Raises:
        NotAllowed, NotForThatDay, WorkshopNotOpen, WorkshopUsesDraw
    """
    seat = _locked(seat)
    found = list(Workshop.objects.select_related("session__event").filter(pk__in=[one.pk for one in workshops]))
    for workshop in found:
        require(may_sign_up(actor, seat, workshop, at))
        if not workshop.waits_for_draw or (workshop.draws_at is not None and workshop.draws_at <= at):
            raise WorkshopUsesDraw()
    SignUp.objects.filter(seat=seat, state=SignUp.State.WISHED).delete()
    wished = list(dict.fromkeys(one.pk for one in workshops))
    SignUp.objects.bulk_create(
        SignUp(workshop_id=pk, seat=seat, state=SignUp.State.WISHED, rank=rank, has_priority=has_priority, joined_at=at)
        for rank, pk in enumerate(wished, 1)
    )
    record("registration.wished", actor=actor, at=at, event_id=seat.booking.event_id, about=seat, wishes=len(wished))


def next_seed(event: Event) -> str:
    """The seed of the next draw of an event. It is fixed before anybody wishes: its SHA-256 is public, so nobody tries several."""
    number = Draw.objects.filter(event=event).count()
    return "".join(fingerprint("registration.seed", f"{event.pk}:{number}:{half}") for half in "ab")


def pseudonym(seat: Seat) -> str:
    """How a holder is called in a published draw: she finds it on her pass, nobody else can tell."""
    return fingerprint("registration.draw", seat.code)[:10]


@transaction.atomic
def draw_workshops(event: Event, *, seed: str = "", actor: Actor, at: datetime) -> Draw | None:
    """Draw every workshop whose wishes are in; those without a place wait, in the order of the draw. None: nothing to draw.

    Raises:
        NotAllowed
    """
    require(True if actor == SYSTEM else keeps_workshops(actor, event.pk))
    due = Workshop.objects.select_for_update(of=("self",)).filter(session__event=event, drawn_at=None, draws_at__lte=at)
    workshops = {one.session.code: one for one in due.select_related("session")}
    if not workshops:
        return None
    wishes = SignUp.objects.filter(
        workshop__in=workshops.values(), state=SignUp.State.WISHED, seat__booking__state=Booking.State.CONFIRMED
    )
    by_person: dict[str, list[SignUp]] = {}
    for wish in wishes.select_related("seat", "workshop__session").order_by("rank", "pk"):
        by_person.setdefault(pseudonym(wish.seat), []).append(wish)
    seed = seed or next_seed(event)
    rooms, people = _rooms(workshops), _people(by_person, workshops)
    given = draw(seed, rooms, people)
    _write(given, by_person, workshops, seed, rooms, people, at)
    made = Draw.objects.create(
        event=event, seed=seed, drawn_at=at, wishes=_published(rooms, people), result=[list(one) for one in given]
    )
    record(
        "registration.workshops_drawn",
        actor=actor,
        at=at,
        event_id=event.pk,
        about=event,
        public=True,
        places=len(given),
        draw=made.pk,
    )
    return made


def draw_due(*, at: datetime) -> int:
    """Draw what is due, in every event; answer how many draws."""
    due = Workshop.objects.filter(drawn_at=None, draws_at__lte=at).values_list("session__event_id", flat=True).distinct()
    return sum(draw_workshops(event, actor=SYSTEM, at=at) is not None for event in Event.objects.filter(pk__in=list(due)))


def promote(workshop: Workshop, *, at: datetime) -> int:
    """Give free places to those who wait, in their order, unless something else of theirs clashes; answer how many."""
    count = 0
    queue = SignUp.objects.select_for_update(of=("self",)).filter(workshop=workshop, state=SignUp.State.WAITING)
    for one in queue.select_related("seat__booking", "workshop__session").order_by("joined_at", "pk"):
        mine = [other.workshop for other in _living_of(one.seat) if other.state == SignUp.State.IN]
        if overlaps(one.workshop, mine) is not True:
            continue
        pool = Workshop.objects.claim(workshop.pk, has_priority=one.has_priority)
        if not pool:  # somebody behind may still have a kept place
            continue
        one.state, one.pool = SignUp.State.IN, pool
        one.save(update_fields=["state", "pool"])
        event_id = one.workshop.session.event_id
        record("registration.place_in_workshop", actor=SYSTEM, at=at, event_id=event_id, about=one.seat, sign_up=one.pk)
        count += 1
    return count


@transaction.atomic
def note_presence(one: SignUp, *, is_there: bool, actor: Actor, at: datetime) -> SignUp:
    """At the door of a workshop: this person is there, or was ticked by mistake.

    Raises:
        NotAllowed
    """
    one = SignUp.objects.select_for_update(of=("self",)).select_related("workshop__session", "seat").get(pk=one.pk)
    event_id = one.workshop.session.event_id
    require(keeps_door(actor, event_id))
    one.present_at = at if is_there else None
    one.save(update_fields=["present_at"])
    record("registration.presence_noted", actor=actor, at=at, event_id=event_id, about=one.seat, sign_up=one.pk, there=is_there)
    return one


def release_no_shows(*, at: datetime, most: int = 100) -> int:
    """Five minutes after the start, give the places of those who did not come to those who wait at the door; answer how many.

    Only where somebody keeps the list of the door: nobody loses a place because nobody ticked.
    """
    span = {"session__starts_at__lte": at - NO_SHOW, "session__starts_at__gte": at - timedelta(hours=2)}
    begun = Workshop.objects.filter(**span, sign_ups__present_at__isnull=False, sign_ups__state=SignUp.State.IN).distinct()
    return sum(_release(pk, at) for pk in begun.order_by("pk").values_list("pk", flat=True)[:most])


@transaction.atomic
def _release(pk: int, at: datetime) -> int:
    workshop = Workshop.objects.select_for_update(of=("self",)).select_related("session").get(pk=pk)
    there = SignUp.objects.filter(workshop=workshop, state=SignUp.State.WAITING, present_at__isnull=False).order_by(
        "joined_at", "pk"
    )
    absent = SignUp.objects.select_for_update(of=("self",)).filter(workshop=workshop, state=SignUp.State.IN, present_at=None)
    freed = list(absent.order_by("joined_at", "pk"))
    for one in freed:
        _free(one, SignUp.State.RELEASED)
    if freed:
        Workshop.objects.open_kept(pk)
        facts = {"places": len(freed)}
        record(
            "registration.no_shows_released",
            actor=SYSTEM,
            at=at,
            event_id=workshop.session.event_id,
            about=workshop.session,
            **facts,
        )
    for one in there:
        if pool := Workshop.objects.claim(pk, has_priority=one.has_priority):
            one.state, one.pool = SignUp.State.IN, pool
            one.save(update_fields=["state", "pool"])
    return len(freed)


def open_kept_places(*, at: datetime) -> int:
    """Give kept places that nobody took to those who wait, once their time is over; answer how many workshops."""
    due = Workshop.objects.filter(kept_until__lte=at, kept__gt=0).select_related("session")
    count = 0
    for workshop in due.order_by("pk"):
        if workshop.kept > workshop.filled_kept and not workshop.waits_for_draw:
            with transaction.atomic():
                Workshop.objects.select_for_update().get(pk=workshop.pk)
                Workshop.objects.open_kept(workshop.pk)
                promote(workshop, at=at)
            count += 1
    return count


@transaction.atomic
def leave_workshops_of_other_days(seat: Seat, *, at: datetime) -> int:
    """Give back the places of a pass in workshops that it no longer opens; answer how many."""
    seat = _locked(seat)
    living = seat.booking.state == Booking.State.CONFIRMED and seat.cancelled_at is None
    living_ones = SignUp.objects.filter(seat=seat, state__in=(*LIVING, SignUp.State.WISHED))
    held = list(living_ones.select_related("workshop__session__event"))
    gone = [one for one in held if not living or session_day(one.workshop.session).isoformat() not in seat.days]
    for one in gone:
        leave_workshop(one, actor=SYSTEM, at=at)
    return len(gone)


def _free(one: SignUp, state: str) -> None:
    if one.state == SignUp.State.IN:
        Workshop.objects.give_back(one.workshop_id, one.pool)
    one.state, one.pool = state, ""
    one.save(update_fields=["state", "pool"])


def _locked(seat: Seat) -> Seat:
    """The seat's row, locked: two places of one person are never taken at the same moment."""
    return Seat.everything.select_for_update(of=("self",)).select_related("booking__event", "pass_type").get(pk=seat.pk)


def _living_of(seat: Seat) -> list[SignUp]:
    return list(SignUp.objects.filter(seat=seat, state__in=LIVING).select_related("workshop__session"))


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def _rooms(workshops: Mapping[str, Workshop]) -> dict[str, Room]:
    return {
        code: Room(seats=one.seats, kept=one.kept, starts=_minutes(one.session.starts_at), ends=_minutes(one.session.ends_at))
        for code, one in workshops.items()
        if one.session.starts_at
    }


def _people(by_person: Mapping[str, list[SignUp]], workshops: Mapping[str, Workshop]) -> dict[str, Person]:
    people = {}
    for name, wishes in by_person.items():
        held = [one.workshop.session for one in _living_of(wishes[0].seat) if one.state == SignUp.State.IN]
        people[name] = Person(
            wishes=[wish.workshop.session.code for wish in wishes],
            has_priority=any(wish.has_priority for wish in wishes),
            busy=[(_minutes(one.starts_at), _minutes(one.ends_at)) for one in held if one.starts_at],
        )
    return people


def _published(rooms: Mapping[str, Room], people: Mapping[str, Person]) -> dict[str, object]:
    return {
        "workshops": {code: [room.seats, room.kept, room.starts, room.ends] for code, room in rooms.items()},
        "people": {name: [list(one.wishes), one.has_priority, [list(span) for span in one.busy]] for name, one in people.items()},
    }


def _write(
    given: Sequence[tuple[str, str, str]],
    by_person: Mapping[str, list[SignUp]],
    workshops: Mapping[str, Workshop],
    seed: str,
    rooms: Mapping[str, Room],
    people: Mapping[str, Person],
    at: datetime,
) -> None:
    """Give the places through the same statements as everybody, then put the others in the queue, in the order of the draw."""
    pools = {(name, code): pool for name, code, pool in given}
    Workshop.objects.filter(pk__in=[one.pk for one in workshops.values()]).update(drawn_at=at)
    for name in order(seed, people):
        for wish in by_person[name]:
            code = wish.workshop.session.code
            wanted = pools.get((name, code))
            wish.pool = Workshop.objects.claim(wish.workshop_id, has_priority=wanted == SignUp.Pool.KEPT) if wanted else ""
            wish.state, wish.joined_at = (SignUp.State.IN if wish.pool else SignUp.State.WAITING), at
            wish.save(update_fields=["state", "pool", "joined_at"])
            facts = {"session": code, "state": wish.state}
            record("registration.drawn", actor=SYSTEM, at=at, event_id=wish.workshop.session.event_id, about=wish.seat, **facts)
