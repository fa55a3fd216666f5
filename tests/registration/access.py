"""Who may reach the addresses of passes."""

from encommun.registration.models import Booking
from encommun.registration.rules import BOOKING_LINK, SEAT_LINK
from tests.access import EVERYONE, Row
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


ACCESS = {
    "registration:passes": Row(allowed=EVERYONE, kwargs=of_event),
    "registration:book": Row(allowed=EVERYONE, kwargs=of_event),
    "registration:booking": Row(allowed=("owner", *KEEPERS), kwargs=booked, link=booking_link, foreign=elsewhere),
    "registration:booking_link": Row(allowed=(), kwargs=wrong_token(booked)),
    "registration:cancel": Row(allowed=("owner", *KEEPERS), kwargs=booked, method="POST", link=booking_link, foreign=elsewhere),
    "registration:seat": Row(allowed=("owner", *KEEPERS), kwargs=seat, link=seat_link),
    "registration:seat_link": Row(allowed=(), kwargs=wrong_token(seat)),
    "registration:team_list": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:team_export": Row(allowed=KEEPERS, kwargs=of_event),
    "registration:team_resize": Row(allowed=KEEPERS, kwargs=a_day),
    "registration:team_booking": Row(allowed=KEEPERS, kwargs=booked, foreign=elsewhere),
    "registration:team_cancel": Row(allowed=KEEPERS, kwargs=booked, method="POST", foreign=elsewhere),
    "registration:team_resend": Row(allowed=KEEPERS, kwargs=booked, method="POST", foreign=elsewhere),
}
