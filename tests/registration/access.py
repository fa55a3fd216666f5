"""Who may reach the addresses of passes."""

from datetime import UTC, datetime

from django.db.models import F

from encommun.foundation.actor import VISITOR
from encommun.places.models import Room
from encommun.programme import commands as programme
from encommun.programme.models import Session
from encommun.registration.commands import (
    QuestionText,
    QuotaText,
    VoucherText,
    compose_question,
    compose_quota,
    join_waiting,
    make_voucher,
    open_workshop,
    set_fund,
)
from encommun.registration.models import Booking, PassType, Quota, Waiting, Workshop
from encommun.registration.rules import BOOKING_LINK, SEAT_LINK, WAITING_LINK
from tests.access import EVERYONE, Row
from tests.cast import NOW
from tests.registration.desk import book, open_sale

KEEPERS = ("registration", "coordination")
NEC = {"event": "nec-2018"}


def of_event(_cast):
    return dict(NEC)


def booking(cast) -> Booking:
    """One booking of somebody whom nobody of the walk is."""
    made = Booking.objects.filter(email="autrice@ailleurs.example").first()
    if made is None:
        open_sale(cast.event)
        made = book(cast.event, email="autrice@ailleurs.example", payment_method="transfer")
    return made


def booked(cast):
    return NEC | {"code": booking(cast).code}


def elsewhere(cast):
    return {"event": cast.other.slug, "code": booking(cast).code}


def seat(cast):
    return NEC | {"code": booking(cast).seats.get().code}


def booking_link(cast):
    return (BOOKING_LINK, booking(cast).code)


def seat_link(cast):
    return (SEAT_LINK, booking(cast).seats.get().code)


def wrong_token(of):
    return lambda cast: of(cast) | {"token": "a" * 32}


def a_day(cast):
    booking(cast)
    return NEC | {"day": "2018-09-13"}


def a_pass(cast):
    booking(cast)
    return NEC | {"slug": "deux-jours"}


def a_question(cast):
    asked = QuestionText(kind="line", label={"fr": "Repas"})
    return NEC | {"number": compose_question(cast.event, asked, actor=cast.actor("farid"), at=NOW).pk}


def a_quota(cast):
    asked = QuotaText(kind="whole", name={"fr": "Salle"}, size=10)
    return NEC | {"number": compose_quota(cast.event, asked, actor=cast.actor("farid"), at=NOW).pk}


def a_voucher(cast):
    asked = VoucherText(kind="share", value=20)
    return NEC | {"number": make_voucher(cast.event, asked, actor=cast.actor("farid"), at=NOW).pk}


def a_fund(cast):
    set_fund(cast.event, text={}, is_open=True, actor=cast.actor("farid"), at=NOW)
    return dict(NEC)


def waiting(cast) -> Waiting:
    """Somebody who waits for passes that are all gone."""
    booking(cast)
    made = Waiting.objects.first()
    if made is None:
        Quota.objects.filter(event=cast.event).update(size=F("taken"))
        asked = {"pass_type": "deux-jours", "name": "Anne", "email": "anne@ailleurs.example"}
        made = join_waiting(cast.event, **asked, actor=VISITOR, at=NOW)
    return made


def queued(cast):
    return NEC | {"code": waiting(cast).code}


def waiting_secret(cast):
    return (WAITING_LINK, waiting(cast).code)


def a_workshop(cast):
    """A placed session whose places are counted."""
    found = Workshop.objects.select_related("session").first()
    if found is None:
        hugo = cast.actor("hugo")
        session = programme.make_session(cast.event, programme.SessionText(title="Atelier"), actor=hugo, at=NOW)
        room = Room.objects.filter(venue__events=cast.event).first()
        Session.objects.filter(pk=session.pk).update(state="confirmed", room=room, starts_at=datetime(2018, 9, 13, 12, tzinfo=UTC))
        found = open_workshop(session, seats=9, opens_at=NOW, actor=hugo, at=NOW)
    return NEC | {"code": found.session.code}


def a_right(cast):
    made = booking(cast)
    PassType.objects.filter(event=cast.event, slug="deux-jours").update(right={"fr": "En études"})
    return NEC | {"code": made.seats.get().code}


ACCESS = {
    "registration:passes": Row(allowed=EVERYONE, kwargs=of_event),
    "registration:book": Row(allowed=EVERYONE, kwargs=of_event),
    "registration:booking": Row(allowed=("owner", *KEEPERS), kwargs=booked, link=booking_link, foreign=elsewhere),
    "registration:booking_link": Row(allowed=(), kwargs=wrong_token(booked)),
    "registration:group": Row(allowed=EVERYONE, kwargs=of_event),
    "registration:wait": Row(allowed=EVERYONE, kwargs=of_event),
    "registration:waiting": Row(allowed=("owner", *KEEPERS), kwargs=queued, link=waiting_secret),
    "registration:waiting_link": Row(allowed=(), kwargs=wrong_token(queued)),
    "registration:waiting_leave": Row(allowed=("owner", *KEEPERS), kwargs=queued, method="POST", link=waiting_secret),
    "registration:team_waiting": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:workshops": Row(allowed=("owner",), kwargs=seat, link=seat_link),
    "registration:draws": Row(allowed=EVERYONE, kwargs=of_event),
    "registration:draws_data": Row(allowed=EVERYONE, kwargs=of_event),
    "registration:team_workshops": Row(allowed=("programme", *KEEPERS), kwargs=of_event),
    "registration:team_workshop": Row(allowed=("programme", *KEEPERS), kwargs=a_workshop),
    "registration:workshop_door": Row(allowed=("door", "programme", *KEEPERS), kwargs=a_workshop),
    "registration:team_contributors": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:team_missing_passes": Row(allowed=KEEPERS, kwargs=of_event, method="POST"),
    "registration:seat_day": Row(allowed=("owner", *KEEPERS), kwargs=seat, link=seat_link),
    "registration:seat_cancel": Row(allowed=("owner", *KEEPERS), kwargs=seat, link=booking_link),
    "registration:renew": Row(allowed=("owner", *KEEPERS), kwargs=booked, link=booking_link, foreign=elsewhere, method="POST"),
    "registration:seat_hand_over": Row(allowed=("owner", *KEEPERS), kwargs=seat, link=seat_link),
    "registration:cancel": Row(allowed=("owner", *KEEPERS), kwargs=booked, link=booking_link, foreign=elsewhere),
    "registration:seat": Row(allowed=("owner", *KEEPERS), kwargs=seat, link=seat_link),
    "registration:seat_calendar": Row(allowed=("owner",), kwargs=seat, link=seat_link),
    "registration:seat_resend": Row(allowed=("owner", *KEEPERS), kwargs=seat, link=seat_link, method="POST"),
    "registration:team_block": Row(allowed=KEEPERS, kwargs=seat, method="POST"),
    "registration:seat_link": Row(allowed=(), kwargs=wrong_token(seat)),
    "registration:seat_answers": Row(allowed=("owner",), kwargs=seat, link=seat_link),
    "registration:fund": Row(allowed=EVERYONE, kwargs=a_fund),
    "registration:team_compose": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:team_pass_new": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:team_pass": Row(allowed=KEEPERS, kwargs=a_pass),
    "registration:team_trial": Row(allowed=KEEPERS, kwargs=of_event, method="POST"),
    "registration:team_terms": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:team_quota_new": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:team_quota": Row(allowed=KEEPERS, kwargs=a_quota),
    "registration:team_question_new": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:team_question": Row(allowed=KEEPERS, kwargs=a_question),
    "registration:team_question_withdraw": Row(allowed=KEEPERS, kwargs=a_question, method="POST"),
    "registration:team_rights": Row(allowed=("door", *KEEPERS), kwargs=of_event),
    "registration:team_right_seen": Row(allowed=("door", *KEEPERS), kwargs=a_right, method="POST"),
    "registration:team_vouchers": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:team_voucher_new": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:team_voucher": Row(allowed=KEEPERS, kwargs=a_voucher),
    "registration:team_voucher_withdraw": Row(allowed=KEEPERS, kwargs=a_voucher, method="POST"),
    "registration:team_fund": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:team_list": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:team_export": Row(allowed=KEEPERS, kwargs=lambda cast: NEC | {"kind": "ods"}),
    "registration:team_sales": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:team_several": Row(allowed=KEEPERS, kwargs=of_event, method="POST"),
    "registration:team_resize": Row(allowed=KEEPERS, kwargs=a_day),
    "registration:team_booking": Row(allowed=KEEPERS, kwargs=booked, foreign=elsewhere),
    "registration:team_cancel": Row(allowed=KEEPERS, kwargs=booked, method="POST", foreign=elsewhere),
    "registration:team_resend": Row(allowed=KEEPERS, kwargs=booked, method="POST", foreign=elsewhere),
}
