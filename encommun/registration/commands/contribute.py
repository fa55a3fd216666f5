"""A pass that comes by itself with a part that somebody takes."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM, Actor, ActorKind
from encommun.foundation.codes import new_code
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_line
from encommun.journal.commands import record
from encommun.people.models import Account
from encommun.programme.models import Session
from encommun.registration.commands.places import take_places
from encommun.registration.models import Booking, Contribution, PassType, Seat
from encommun.registration.refusals import MissingDetails, SoldOut
from encommun.registration.rules import keeps_registration, pass_days


@transaction.atomic
def note_contribution(
    event: Event, *, part: str, name: str, email: str, session_code: str = "", language: str = "fr", actor: Actor, at: datetime
) -> Contribution:
    """Write down a part that somebody takes, and give the pass that comes with it: no code to type, no second account.

    Told twice, it happens once. Who has a pass already keeps that one. Where no pass of contributors is composed, or its
    days are full, the part is written down without a pass, and the team sees it.

    Raises:
        NotAllowed, MissingDetails
    """
    if actor.kind != ActorKind.SYSTEM:
        require(keeps_registration(actor, event.pk))
    name, email = clean_line(name)[:120], clean_email(email)
    try:
        validate_email(email)
    except ValidationError:
        raise MissingDetails() from None
    if not name or part not in Contribution.Part.values:
        raise MissingDetails()
    Event.objects.select_for_update().get(pk=event.pk)  # one at a time: two parts of one person bring one pass
    found, made = Contribution.objects.get_or_create(
        event=event, email=email, part=part, session_code=session_code, defaults={"name": name, "made_at": at}
    )
    if made:
        facts = {"part": part, "session": session_code}
        record("registration.contribution_noted", actor=actor, at=at, event_id=event.pk, about=found, **facts)
    if found.ended_at is not None:
        found.ended_at = None
        found.save(update_fields=["ended_at"])
    if found.seat_id is None or found.seat.booking.state not in (Booking.State.CONFIRMED, Booking.State.HELD):
        found.seat = _living_seat(event, email) or _give_pass(event, found, language, actor=actor, at=at)
        found.save(update_fields=["seat"])
    return found


@transaction.atomic
def end_contributions(session: Session, *, at: datetime) -> int:
    """Note which parts in a session are over; answer how many. Nobody loses a pass by itself: the team sees it, and decides."""
    parts = session.parts.values_list("email", "kind") if session.state == Session.State.CONFIRMED else ()
    still = {(clean_email(email), kind) for email, kind in parts}
    known = Contribution.objects.select_for_update().filter(event=session.event_id, session_code=session.code, ended_at=None)
    over = [one for one in known if (one.email, one.part) not in still]
    Contribution.objects.filter(pk__in=[one.pk for one in over]).update(ended_at=at)
    for one in over:
        facts = {"part": one.part, "session": session.code}
        record("registration.contribution_ended", actor=SYSTEM, at=at, event_id=session.event_id, about=one, **facts)
    return len(over)


def give_missing_passes(event: Event, *, actor: Actor, at: datetime) -> int:
    """Try again for those who had no pass; answer how many have one now.

    Raises:
        NotAllowed
    """
    require(keeps_registration(actor, event.pk))
    count = 0
    for one in Contribution.objects.filter(event=event, seat=None, ended_at=None).exclude(email=""):
        facts = {"part": one.part, "name": one.name, "email": one.email, "session_code": one.session_code}
        count += note_contribution(event, **facts, actor=actor, at=at).seat_id is not None
    return count


def _living_seat(event: Event, email: str) -> Seat | None:
    living = Seat.objects.filter(booking__event=event, booking__state=Booking.State.CONFIRMED, holder_email=email)
    return living.order_by("pk").first()


def _give_pass(event: Event, found: Contribution, language: str, *, actor: Actor, at: datetime) -> Seat | None:
    kind = event.pass_types.filter(offered=PassType.Offered.CONTRIBUTORS, is_paused=False).first()
    if kind is None:
        return None
    try:
        with transaction.atomic():
            return _book(event, kind, found, language, actor=actor, at=at)
    except SoldOut:
        record("registration.contributor_without_place", actor=actor, at=at, event_id=event.pk, about=found)
        return None


def _book(event: Event, kind: PassType, found: Contribution, language: str, *, actor: Actor, at: datetime) -> Seat:
    account = Account.objects.filter(email=found.email).first()
    booking = Booking.objects.create(
        event=event,
        code=new_code(8),
        state=Booking.State.CONFIRMED,
        email=found.email,
        name=found.name,
        language=language,
        account=account,
        total_cents=0,
        payment_method="free",
        booked_at=at,
        confirmed_at=at,
    )
    seat = Seat.objects.create(
        booking=booking,
        code=new_code(8),
        pass_type=kind,
        days=[day.isoformat() for day in pass_days(kind, event)],
        price_cents=0,
        holder_name=found.name,
        holder_email=found.email,
    )
    facts = {"seats": 1, "total_cents": 0, "method": "free", "contribution": found.part}
    record("registration.passes_booked", actor=actor, at=at, event_id=event.pk, about=booking, **facts)
    record("registration.booking_confirmed", actor=actor, at=at, event_id=event.pk, about=booking)
    take_places(booking, [seat], actor=actor, at=at)
    return seat
