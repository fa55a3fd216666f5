"""A booking or a pass, for those who may see it."""

from datetime import date

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import NotFound
from encommun.places.models import Venue
from encommun.registration.models import Booking, Quota, Seat, SignUp
from encommun.registration.queries.offer import WORST
from encommun.registration.rules import may_see_booking, may_see_seat, pass_days, quotas_counting


def booking_seen_by(actor: Actor, event: Event, code: str) -> Booking:
    """A booking with its seats.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    booking = Booking.objects.filter(event=event, code=read_code(code)).first()
    if booking is None or may_see_booking(actor, booking) is not True:
        raise NotFound()
    booking.event = event
    every = list(Seat.everything.filter(booking=booking).select_related("pass_type").order_by("pk"))
    booking.all_seats = [seat for seat in every if seat.cancelled_at is None]
    booking.gone_seats = [seat for seat in every if seat.cancelled_at is not None]
    return booking


def seat_seen_by(actor: Actor, event: Event, code: str) -> Seat:
    """A pass with its booking.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    seats = Seat.objects.select_related("booking", "pass_type")
    seat = seats.filter(booking__event=event, code=read_code(code)).first()
    if seat is None or may_see_seat(actor, seat) is not True:
        raise NotFound()
    seat.booking.event = event
    return seat


def my_bookings(actor: Actor, event: Event) -> list[Booking]:
    """The bookings of an event made with the actor's proven address, the newest first."""
    if not actor.email:
        return []
    return list(Booking.objects.filter(event=event, email=actor.email).order_by("-booked_at")[:50])


def other_days(seat: Seat) -> list[tuple[date, str]]:
    """The days that a pass could change for, each with a word for what is left: «open», «few», «full». One statement."""
    event, kind = seat.booking.event, seat.pass_type
    quotas = list(Quota.objects.filter(event=event))
    days = [day for day in pass_days(kind, event) if seat.days != [day.isoformat()]]

    def word(day: date) -> str:
        counting = quotas_counting(quotas, kind, [day.isoformat()])
        return max((quota.availability for quota in counting), key=WORST.__getitem__, default="open")

    return [(day, word(day)) for day in days]


def answers_of(seat: Seat) -> dict[int, str]:
    """What a holder answered, by question."""
    return dict(seat.answers.values_list("question_id", "holder_answer"))


def answers_in_words(seat: Seat) -> list[tuple[str, str]]:
    """What a holder answered, as people read it."""
    found = seat.answers.select_related("question").order_by("question__position", "question_id")
    return [(str(one.question.label), one.question.in_words(one.holder_answer)) for one in found]


def workshops_of(seat: Seat) -> list[SignUp]:
    """The workshops that a holder has a place in, waits or wishes for, by time."""
    living = (SignUp.State.IN, SignUp.State.WAITING, SignUp.State.WISHED)
    found = SignUp.objects.filter(seat=seat, state__in=living).select_related("workshop__session__room__venue")
    return sorted(found, key=lambda one: (one.workshop.session.starts_at is None, one.workshop.session.starts_at, one.rank))


def venues_of(event: Event) -> list[Venue]:
    """Where the gathering is, in its own order."""
    return list(Venue.objects.filter(event_venues__event=event).order_by("event_venues__position"))
