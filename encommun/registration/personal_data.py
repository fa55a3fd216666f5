"""What is held about people who book and people who come."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from encommun.foundation.actor import Actor
from encommun.foundation.holdings import Holding, Kept, Subject
from encommun.registration.commands import leave_waiting
from encommun.registration.models import Answer, Booking, Contribution, Seat, Waiting
from encommun.registration.rules import BOOKING_LINK, WAITING_LINK, held_by_links

ACCOUNTING_YEARS = 10
ANSWERS_LIVE = timedelta(days=30)
NAMES_LIVE = timedelta(days=366)  # after the gathering


def _codes(subject: Subject, purpose: str) -> set[str]:
    return {code for kind, code in subject.links if kind == purpose}


def _bookings(subject: Subject) -> Iterable[Booking]:
    mine = Q(email__in=subject.emails) | Q(code__in=_codes(subject, BOOKING_LINK))
    if subject.account_id is not None:
        mine |= Q(account_id=subject.account_id)
    return Booking.objects.filter(mine, erased_at=None).select_related("event").order_by("pk")


def _seats(subject: Subject) -> Iterable[Seat]:
    mine = Q(holder_email__in=subject.emails) | held_by_links(subject.links)
    return Seat.everything.filter(mine).exclude(holder_name="", holder_email="").select_related("booking__event").order_by("pk")


def _export_booking(booking: Booking) -> dict[str, Any]:
    return {
        "code": booking.code,
        "event": booking.event.name,
        "state": booking.state,
        "name": booking.name,
        "email": booking.email,
        "structure": booking.structure,
        "language": booking.language,
        "total_cents": booking.total_cents,
        "payment_method": booking.payment_method,
        "booked_at": booking.booked_at.isoformat(),
        "cancel_reason": booking.cancel_reason,
    }


def _export_seat(seat: Seat) -> dict[str, Any]:
    return {
        "code": seat.code,
        "event": seat.booking.event.name,
        "days": seat.days,
        "holder_name": seat.holder_name,
        "holder_email": seat.holder_email,
    }


def _erase_bookings(subject: Subject, *, at: datetime) -> list[Kept]:
    """Blank bookings that brought no money; those that did are accounts, and say until when they stay."""
    kept = []
    for booking in _bookings(subject):
        if booking.confirmed_at is not None and booking.total_cents:
            year = booking.confirmed_at.year + ACCOUNTING_YEARS
            kept.append(
                Kept(
                    what=_("Your name and address on booking {code}").format(code=booking.code),
                    why=_("It was paid: accounts are kept for ten years (code de commerce, article L123-22)."),
                    until=_("31 December {year}").format(year=year),
                )
            )
        elif booking.state == Booking.State.HELD or (
            booking.state == Booking.State.CONFIRMED and booking.event.ends_on >= at.date()
        ):
            kept.append(
                Kept(
                    what=_("Your name and address on booking {code}").format(code=booking.code),
                    why=_("It keeps places for you: cancel it first, and it can be erased at once."),
                    until=_("the day after the gathering"),
                )
            )
        else:
            Booking.objects.filter(pk=booking.pk).update(
                name="", email="", structure="", cancel_reason="", account=None, erased_at=at
            )
    return kept


def _erase_seats(subject: Subject, *, at: datetime) -> list[Kept]:
    """Blank the names on passes, except those that still open the door."""
    kept = []
    for seat in _seats(subject):
        booking = seat.booking
        living = booking.state in (Booking.State.HELD, Booking.State.CONFIRMED) and seat.cancelled_at is None
        if living and booking.event.ends_on >= at.date():
            kept.append(
                Kept(
                    what=_("Your name on pass {code}").format(code=seat.code),
                    why=_("It lets you in. Put another name on it, or cancel the booking, and nothing stays."),
                    until=_("the day after the gathering"),
                )
            )
        else:
            Seat.everything.filter(pk=seat.pk).update(holder_name="", holder_email="", link_epoch=seat.link_epoch + 1)
    return kept


def _purge_bookings(*, at: datetime) -> int:
    """A year after the gathering, bookings that brought no money forget who made them; ten years after, those that did."""
    old = Booking.objects.filter(erased_at=None, event__ends_on__lt=(at - NAMES_LIVE).date())
    accounts_end = datetime(at.year - ACCOUNTING_YEARS, 1, 1, tzinfo=at.tzinfo)
    paid_once = Q(total_cents__gt=0) | Q(seats__price_cents__gt=0, seats__cancelled_at__isnull=False)
    is_account = Q(confirmed_at__gte=accounts_end) & paid_once
    found = old.exclude(pk__in=old.filter(is_account).values("pk"))
    blank = {"name": "", "email": "", "structure": "", "cancel_reason": "", "account": None}
    return found.update(**blank, link_epoch=F("link_epoch") + 1, erased_at=at)


def _purge_seats(*, at: datetime) -> int:
    """A year after the gathering, nobody needs to know who came with which pass."""
    old = Seat.everything.filter(booking__event__ends_on__lt=(at - NAMES_LIVE).date())
    named = old.exclude(holder_name="", holder_email="")
    return named.update(holder_name="", holder_email="", link_epoch=F("link_epoch") + 1)


def _answers(subject: Subject) -> Iterable[Answer]:
    mine = Q(seat__holder_email__in=subject.emails) | held_by_links(subject.links, "seat__")
    return Answer.objects.filter(mine).select_related("question", "seat__booking__event").order_by("pk")


def _export_answer(answer: Answer) -> dict[str, Any]:
    return {
        "event": answer.seat.booking.event.name,
        "question": str(answer.question.label),
        "answer": answer.question.in_words(answer.holder_answer),
    }


def _erase_answers(subject: Subject, *, at: datetime) -> list[Kept]:
    """Answers go at once: nothing hangs on them."""
    Answer.objects.filter(pk__in=[answer.pk for answer in _answers(subject)]).delete()
    return []


def _purge_answers(*, at: datetime) -> int:
    """Answers go a month after the gathering."""
    count, _by_model = Answer.objects.filter(seat__booking__event__ends_on__lt=(at - ANSWERS_LIVE).date()).delete()
    return count


def _waiting(subject: Subject) -> Iterable[Waiting]:
    mine = Q(email__in=subject.emails) | Q(code__in=_codes(subject, WAITING_LINK))
    if subject.account_id is not None:
        mine |= Q(account_id=subject.account_id)
    return Waiting.objects.filter(mine).exclude(email="").select_related("event", "pass_type").order_by("pk")


def _export_waiting(waiting: Waiting) -> dict[str, Any]:
    return {
        "event": waiting.event.name,
        "pass": str(waiting.pass_type.name),
        "places": waiting.places,
        "name": waiting.name,
        "email": waiting.email,
        "state": waiting.state,
        "joined_at": waiting.joined_at.isoformat(),
    }


def _erase_waiting(subject: Subject, *, at: datetime) -> list[Kept]:
    """Leave the queue and forget who stood in it."""
    for waiting in _waiting(subject):
        if waiting.state in (Waiting.State.WAITING, Waiting.State.OFFERED):
            leave_waiting(waiting, actor=Actor(links=frozenset({(WAITING_LINK, waiting.code)})), at=at)
        _forget_waiting(waiting)
    return []


def _purge_waiting(*, at: datetime) -> int:
    """Queues are forgotten a month after the gathering."""
    old = Waiting.objects.filter(event__ends_on__lt=(at - ANSWERS_LIVE).date()).exclude(email="")
    return sum(_forget_waiting(waiting) for waiting in old[:1000])


def _forget_waiting(waiting: Waiting) -> int:
    return Waiting.objects.filter(pk=waiting.pk).update(name="", email="", account=None, link_epoch=waiting.link_epoch + 1)


def _contributions(subject: Subject) -> Iterable[Contribution]:
    return Contribution.objects.filter(email__in=subject.emails).exclude(email="").select_related("event").order_by("pk")


def _export_contribution(one: Contribution) -> dict[str, Any]:
    return {"event": one.event.name, "part": one.part, "session": one.session_code, "name": one.name, "email": one.email}


def _erase_contributions(subject: Subject, *, at: datetime) -> list[Kept]:
    """The part stays as a number, without who it was; the pass has its own answer."""
    Contribution.objects.filter(pk__in=[one.pk for one in _contributions(subject)]).update(name="", email="")
    return []


def _purge_contributions(*, at: datetime) -> int:
    """Names of contributors go a year after the gathering: published credits are kept elsewhere, by consent."""
    old = Contribution.objects.filter(event__ends_on__lt=(at - NAMES_LIVE).date()).exclude(email="")
    return old.update(name="", email="")


HOLDINGS = [
    Holding(
        model="registration.Booking",
        fields={
            "name": gettext_lazy("to know who booked"),
            "email": gettext_lazy("to send the link of the booking"),
            "structure": gettext_lazy("to recognise a bank transfer; optional"),
            "cancel_reason": gettext_lazy("what the team wrote when it cancelled"),
            "account": gettext_lazy("to find the booking in «my space»"),
        },
        purpose=gettext_lazy("Book passes and be paid for them"),
        basis="6.1.b",
        keeps=gettext_lazy(
            "paid: ten years, as the law asks for accounts; not paid: erased on request, and a year after the gathering"
        ),
        find=_bookings,
        export=_export_booking,
        erase=_erase_bookings,
        purge=_purge_bookings,
        also=("language", "code"),
        heading=gettext_lazy("Your bookings"),
        title=lambda booking: f"{booking.event.name} · {booking.code}",
        address=lambda booking: reverse("registration:booking", args=[booking.event.slug, booking.code]),
    ),
    Holding(
        model="registration.Seat",
        fields={
            "holder_name": gettext_lazy("to greet the person who comes; may be given later"),
            "holder_email": gettext_lazy("to send the pass to the person herself; optional"),
        },
        purpose=gettext_lazy("Hold a pass and come in"),
        basis="6.1.b",
        keeps=gettext_lazy("until the gathering is over, then erased on request and after a year"),
        find=_seats,
        export=_export_seat,
        erase=_erase_seats,
        purge=_purge_seats,
        also=("code",),
        heading=gettext_lazy("Your passes"),
        title=lambda seat: f"{seat.booking.event.name} · {seat.holder_name or seat.code}",
        address=lambda seat: reverse("registration:seat", args=[seat.booking.event.slug, seat.code]),
    ),
    Holding(
        model="registration.Answer",
        fields={"holder_answer": gettext_lazy("to welcome the person well: meals, access, what the team asked")},
        purpose=gettext_lazy("Answer the team’s questions about one’s coming"),
        basis="6.1.a",
        keeps=gettext_lazy("until a month after the gathering; erased on request at any time"),
        find=_answers,
        export=_export_answer,
        erase=_erase_answers,
        purge=_purge_answers,
        heading=gettext_lazy("Your answers to the team"),
        title=lambda answer: f"{answer.seat.booking.event.name} · {answer.question.label}",
        address=lambda answer: reverse("registration:seat", args=[answer.seat.booking.event.slug, answer.seat.code]),
    ),
    Holding(
        model="registration.Waiting",
        fields={
            "name": gettext_lazy("to greet who waits"),
            "email": gettext_lazy("to offer places as soon as they are free"),
            "account": gettext_lazy("to find the booking in «my space»"),
        },
        purpose=gettext_lazy("Wait for places"),
        basis="6.1.b",
        keeps=gettext_lazy("until a month after the gathering; erased on request at any time"),
        find=_waiting,
        export=_export_waiting,
        erase=_erase_waiting,
        also=("language", "code"),
        purge=_purge_waiting,
        heading=gettext_lazy("Your waiting lists"),
        title=lambda waiting: f"{waiting.event.name} · {waiting.pass_type.name}",
        address=lambda waiting: reverse("registration:waiting", args=[waiting.event.slug, waiting.code]),
    ),
    Holding(
        model="registration.Contribution",
        fields={
            "name": gettext_lazy("to know who gives a hand"),
            "email": gettext_lazy("to send the pass that comes with it"),
        },
        purpose=gettext_lazy("Give a pass to those who contribute"),
        basis="6.1.b",
        keeps=gettext_lazy("until a year after the gathering; erased on request at any time"),
        find=_contributions,
        export=_export_contribution,
        erase=_erase_contributions,
        purge=_purge_contributions,
        heading=gettext_lazy("Your contributions"),
        title=lambda one: f"{one.event.name} · {one.get_part_display()}",
    ),
]
