"""Who may book, see, change and cancel; what is on sale."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from encommun.events.models import Event
from encommun.foundation.actor import Actor, Role
from encommun.foundation.refusals import NotAllowed, Verdict
from encommun.programme.models import Session
from encommun.programme.rules import day_of
from encommun.registration.models import Booking, PassType, Quota, Seat, Terms, Waiting, Workshop
from encommun.registration.refusals import (
    AddressFirst,
    AlreadyConfirmed,
    BookingEnded,
    BookingLapsed,
    ChangeThroughTeam,
    DayNotChosen,
    LastPass,
    NotForThatDay,
    NothingOnSale,
    NotLapsed,
    NotOnSaleYet,
    NumberOfThisPass,
    OnTrial,
    PassNeedsCode,
    PassNotConfirmed,
    PassNotPaidYet,
    SaleClosed,
    SalePaused,
    TooLateToCancel,
    TooLateToChange,
    UnknownPass,
    WorkshopClash,
    WorkshopNotOpen,
    WrongPrice,
)
from encommun.ui.dates import moment, short_day

MOST_SEATS = 10
GROUP_SEATS = 60  # in one booking of a group, whose names come later
MOST_CENTS = 1_000_000  # for one pass
HOLD = timedelta(minutes=15)  # a booking by card keeps its places
HOLD_WHILE_PAYING = timedelta(minutes=33)  # once more, when the payment page opens: longer than that page lives
TRANSFER_DAYS = 14  # what a transfer is asked within

OFFER_LASTS = timedelta(hours=24)  # places offered to the waiting list are kept so long

WAITING_LINK = "registration.waiting"
BOOKING_LINK = "registration.booking"
SEAT_LINK = "registration.seat"

#: Prices in words, from the lowest.
TARIFFS = {"low": _("Solidarity"), "fair": _("Fair"), "high": _("Support")}

METHODS = {"card": _("Card"), "transfer": _("Bank transfer"), "cheque": _("Cheque")}

#: How a booking is paid, as people read it: what may be chosen, and what is not chosen on the booking page.
WAYS = METHODS | {"free": _("Free"), "order": _("Purchase order"), "desk": _("At the desk")}


def is_on_sale(pass_types: Iterable[PassType], event: Event, at: datetime, *, trying: bool = False) -> Verdict:
    """Whether at least one of the passes can be booked now.

    Args:
        trying: somebody of the team tries a sale that is not open yet (test mode): only its dates are forgiven.
    """
    kinds = [kind for kind in pass_types if kind.offered != PassType.Offered.CONTRIBUTORS]
    if not kinds:
        return NothingOnSale()
    if trying and any(kind.is_test and not kind.is_paused for kind in kinds):
        return True
    if all(kind.is_test for kind in kinds):
        return OnTrial()
    if any(kind.on_sale_from <= at <= kind.on_sale_until and not kind.is_paused and not kind.is_test for kind in kinds):
        return True
    if at < (first := min(kind.on_sale_from for kind in kinds)):
        return NotOnSaleYet(moment=moment(first, event.zone))
    if any(kind.is_paused and at <= kind.on_sale_until for kind in kinds):
        return SalePaused()
    return SaleClosed(moment=moment(max(kind.on_sale_until for kind in kinds), event.zone))


def pass_days(pass_type: PassType, event: Event) -> list[date]:
    """The days that a kind of pass gives, or lets choose from."""
    return [day for day in event.days if not pass_type.days or day.isoformat() in pass_type.days]


def days_of(pass_type: PassType, event: Event, chosen: date | None) -> list[date] | None:
    """The days that a pass gives; None when the chosen day is not one that it gives."""
    days = pass_days(pass_type, event)
    if not pass_type.day_is_chosen:
        return days
    return [chosen] if chosen in days else None


def quotas_counting(quotas: Iterable[Quota], pass_type: PassType, days: Iterable[str]) -> list[Quota]:
    """The quotas in which a pass of that kind, for those days, takes a place."""
    days = list(days)
    return [quota for quota in quotas if quota.counts(pass_type.number, days)] if pass_type.counts_in_quotas else []


def price_of(pass_type: PassType, tariff: str = "", cents: int | None = None) -> int:
    """What a pass costs: its price, the one of three that was chosen in words, or the free amount.

    Raises:
        WrongPrice: a price in words that the pass does not have, or an amount under the minimum.
    """
    match pass_type.pricing:
        case PassType.Pricing.SCALE:
            prices = {"low": pass_type.low_cents, "fair": pass_type.price_cents, "high": pass_type.high_cents}
            if tariff not in TARIFFS:
                raise WrongPrice()
            return prices[tariff]
        case PassType.Pricing.FREE:
            if cents is None or not pass_type.low_cents <= cents <= MOST_CENTS:
                raise WrongPrice()
            return cents
    return pass_type.price_cents


def basket_holds(kinds: Iterable[PassType], *, opened: Collection[int] = ()) -> Verdict:
    """Whether one booking may hold these passes together (one item a seat). No statement.

    Args:
        opened: numbers of the kinds of pass that a code opens.
    """
    for kind, count in Counter(kinds).items():
        if kind.offered == PassType.Offered.CONTRIBUTORS:
            return UnknownPass()
        if kind.offered == PassType.Offered.CODE and kind.number not in opened:
            return PassNeedsCode(name=kind.name)
        if count < kind.min_per_booking or count > (kind.max_per_booking or GROUP_SEATS):
            return NumberOfThisPass(name=kind.name, least=kind.min_per_booking, most=kind.max_per_booking or GROUP_SEATS)
    return True


def keeps_registration(actor: Actor, event_id: int) -> Verdict:
    """Whether the actor is of those who keep registration and money."""
    return True if actor.has_role(event_id, Role.REGISTRATION) else NotAllowed()


def checks_rights(actor: Actor, event_id: int) -> Verdict:
    """Whether the actor looks at the proofs of reduced prices: registration, and those at the door."""
    return True if actor.has_role(event_id, Role.REGISTRATION, Role.DOOR) else NotAllowed()


def may_see_booking(actor: Actor, booking: Booking) -> Verdict:
    """Who booked (by link or by account), and those who keep registration."""
    if actor.holds_link(BOOKING_LINK, booking.code) or (actor.email and actor.email == booking.email):
        return True
    return keeps_registration(actor, booking.event_id)


def may_see_waiting(actor: Actor, waiting: Waiting) -> Verdict:
    """Who waits (by link or by account), and those who keep registration."""
    if actor.holds_link(WAITING_LINK, waiting.code) or (actor.email and actor.email == waiting.email):
        return True
    return keeps_registration(actor, waiting.event_id)


def may_see_seat(actor: Actor, seat: Seat) -> Verdict:
    """Who comes with the pass (by link or by account), and whoever may see the booking."""
    return True if is_holder(actor, seat) else may_see_booking(actor, seat.booking)


def may_name_seat(actor: Actor, seat: Seat) -> Verdict:
    """Whether the actor may say who comes with a pass."""
    if seat.booking.state == Booking.State.CANCELLED or seat.cancelled_at:
        return BookingEnded()
    if seat.booking.state == Booking.State.LAPSED:
        return BookingLapsed()
    return may_see_seat(actor, seat)


def may_answer(actor: Actor, seat: Seat) -> Verdict:
    """Only who comes with the pass answers the team's questions: neither who paid, nor the team in her place."""
    if seat.booking.state == Booking.State.CANCELLED or seat.cancelled_at:
        return BookingEnded()
    if seat.booking.state == Booking.State.LAPSED:
        return BookingLapsed()
    if not is_holder(actor, seat):
        return NotAllowed()
    return True if seat.holder_email else AddressFirst()


def is_holder(actor: Actor, seat: Seat) -> bool:
    """Whether the actor comes with the pass: her own link, her own proven address, or the booking's link where she booked for herself."""
    if actor.holds_link(SEAT_LINK, seat_subject(seat)) or (actor.email and actor.email == seat.holder_email):
        return True
    booked_for_herself = bool(seat.holder_email) and seat.holder_email == seat.booking.email
    return booked_for_herself and actor.holds_link(BOOKING_LINK, seat.booking.code)


def seat_subject(seat: Seat) -> str:
    """What a session holds once the link of a pass was opened. It ends with the link: a pass that went to somebody else is hers alone."""
    return f"{seat.code}.{seat.link_epoch}" if seat.link_epoch else seat.code


def held_by_links(links: Iterable[tuple[str, str]], prefix: str = "") -> Q:
    """The passes whose link was opened, and still is theirs.

    Args:
        links: of an ``Actor`` or a ``Subject``.
        prefix: the way from the model to its seat, «seat__».
    """
    found = Q(pk=None)
    for purpose, subject in links:
        if purpose == SEAT_LINK:
            code, _dot, epoch = subject.partition(".")
            found |= Q(**{f"{prefix}code": code, f"{prefix}link_epoch": int(epoch or 0)})
    return found


def link_is_for_buyer(seat: Seat) -> bool:
    """Whether who booked is shown the link of a pass: to hand it on, until somebody's own address is on the pass."""
    return not seat.holder_email or seat.holder_email == seat.booking.email


def may_pay(booking: Booking, at: datetime) -> Verdict:
    """Whether a booking still waits for its payment."""
    match booking.state:
        case Booking.State.CONFIRMED:
            return AlreadyConfirmed()
        case Booking.State.CANCELLED:
            return BookingEnded()
        case Booking.State.LAPSED:
            return BookingLapsed()
    return BookingLapsed() if booking.held_until and booking.held_until <= at else True


def may_renew(booking: Booking) -> Verdict:
    """Whether the places of a booking can be asked for once more: it was not paid in time."""
    match booking.state:
        case Booking.State.CONFIRMED:
            return AlreadyConfirmed()
        case Booking.State.HELD:
            return NotLapsed()
        case Booking.State.CANCELLED:
            return BookingEnded()
    return BookingEnded() if booking.erased_at or not booking.email else True


def acts_for_team(actor: Actor, booking: Booking) -> bool:
    """Whether a booking is cancelled by the team, which gives the whole price back: not by a member who booked it herself."""
    return keeps_registration(actor, booking.event_id) is True and actor.email != booking.email


def may_cancel(actor: Actor, booking: Booking, *, terms: Terms | None = None, at: datetime | None = None) -> Verdict:
    """Who booked: while nothing is paid, and afterwards until the dates of the conditions; the team at any time."""
    if booking.state == Booking.State.CANCELLED:
        return BookingEnded()
    if booking.state == Booking.State.LAPSED:
        return BookingLapsed()
    if keeps_registration(actor, booking.event_id) is True:
        return True
    if may_see_booking(actor, booking) is not True:
        return NotAllowed()
    if booking.state == Booking.State.HELD:
        return True
    if terms is None or at is None or not terms.refunds:
        return AlreadyConfirmed()
    if terms.percent_at(at) is None:
        return TooLateToCancel(moment=moment(terms.steps[-1][0], booking.event.zone))
    return True


def refund_of(booking: Booking, *, terms: Terms | None, at: datetime) -> tuple[int, int]:
    """What a cancellation by oneself gives back now: percent, and cents, rounded down. A gift to the fund stays there."""
    percent = (terms.percent_at(at) if terms else None) or 0
    return percent, (booking.total_cents - booking.forward_cents) * percent // 100


def may_cancel_seat(actor: Actor, seat: Seat, others: Collection[Seat], *, terms: Terms | None, at: datetime) -> Verdict:
    """One pass of a paid booking: who booked, until the dates of the conditions; the team at any time. Never the last one.

    Args:
        others: the passes that stay.
    """
    if seat.cancelled_at:
        return BookingEnded()
    if (may := may_cancel(actor, seat.booking, terms=terms, at=at)) is not True:
        return may
    if seat.booking.state != Booking.State.CONFIRMED or seat.booking.is_test:
        return PassNotPaidYet()
    if not others:
        return LastPass()
    kind = seat.pass_type
    if 0 < sum(other.pass_type_id == kind.pk for other in others) < kind.min_per_booking:
        return NumberOfThisPass(name=kind.name, least=kind.min_per_booking, most=kind.max_per_booking or GROUP_SEATS)
    return True


def seat_refund_of(seat: Seat, *, terms: Terms | None, at: datetime) -> tuple[int, int]:
    """What cancelling one pass by oneself gives back now: percent, and cents, rounded down."""
    percent = (terms.percent_at(at) if terms else None) or 0
    return percent, seat.price_cents * percent // 100


def may_change_day(actor: Actor, seat: Seat, *, terms: Terms | None, at: datetime) -> Verdict:
    """Who comes or who booked, for a pass whose day is chosen, until the date of the conditions; the team at any time."""
    if (living := may_name_seat(actor, seat)) is not True:
        return living
    if not seat.pass_type.day_is_chosen:
        return DayNotChosen()
    if keeps_registration(actor, seat.booking.event_id) is True:
        return True
    if terms is None or terms.change_until is None:
        return ChangeThroughTeam()
    return True if at <= terms.change_until else TooLateToChange(moment=moment(terms.change_until, seat.booking.event.zone))


def may_hand_over(actor: Actor, seat: Seat, *, terms: Terms | None, at: datetime) -> Verdict:
    """Who comes or who booked, until the date of the conditions, or the end of the gathering; the team at any time."""
    if (living := may_name_seat(actor, seat)) is not True:
        return living
    event = seat.booking.event
    end = datetime.combine(event.ends_on, time.max, tzinfo=event.zone)
    until = min(end, (terms.hand_over_until if terms else None) or end)
    if at <= until or (keeps_registration(actor, event.pk) is True and at <= end):
        return True
    return TooLateToChange(moment=moment(until, event.zone))


def keeps_workshops(actor: Actor, event_id: int) -> Verdict:
    """Whether the actor counts places in workshops."""
    return True if actor.has_role(event_id, Role.REGISTRATION, Role.PROGRAMME) else NotAllowed()


def keeps_door(actor: Actor, event_id: int) -> Verdict:
    """Whether the actor keeps the list at the door of a workshop."""
    return True if actor.has_role(event_id, Role.REGISTRATION, Role.PROGRAMME, Role.DOOR) else NotAllowed()


def session_day(session: Session) -> date:
    """The day of the gathering that a placed session is on: after midnight it is the evening's day."""
    return day_of(session.starts_at, session.event.zone)


def may_sign_up(actor: Actor, seat: Seat, workshop: Workshop | None, at: datetime) -> Verdict:
    """Whether the holder of a pass takes part in workshops, and in this one: a valid pass of that day, while it is open."""
    if not is_holder(actor, seat):
        return NotAllowed()
    if seat.booking.state != Booking.State.CONFIRMED or seat.cancelled_at:
        return PassNotConfirmed()
    if workshop is None:
        return True
    session = workshop.session
    if session.event_id != seat.booking.event_id or not session.is_placed or session.state != Session.State.CONFIRMED:
        return WorkshopNotOpen()
    if session_day(session).isoformat() not in seat.days:
        return NotForThatDay(day=short_day(session_day(session)))
    return True if workshop.opens_at <= at < session.starts_at else WorkshopNotOpen()


def overlaps(workshop: Workshop, others: Iterable[Workshop]) -> Verdict:
    """Whether a person can be there: nothing of hers is at the same time. One after the other is no clash."""
    mine = workshop.session
    for other in others:
        theirs = other.session
        if other.pk != workshop.pk and theirs.is_placed and mine.starts_at < theirs.ends_at and theirs.starts_at < mine.ends_at:
            return WorkshopClash(title=theirs.title)
    return True
