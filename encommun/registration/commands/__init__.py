"""What can be done with passes and bookings."""

from encommun.registration.commands.book_passes import SeatWish, book_passes
from encommun.registration.commands.cancel_booking import cancel_booking
from encommun.registration.commands.confirm_booking import confirm_booking
from encommun.registration.commands.extend_hold import extend_hold
from encommun.registration.commands.lapse_holds import lapse_holds
from encommun.registration.commands.name_seat import name_seat
from encommun.registration.commands.offer_passes import PassOffer, offer_passes
from encommun.registration.commands.resend_link import resend_link
from encommun.registration.commands.resize_quota import resize_quota

__all__ = [
    "PassOffer",
    "SeatWish",
    "book_passes",
    "cancel_booking",
    "confirm_booking",
    "extend_hold",
    "lapse_holds",
    "name_seat",
    "offer_passes",
    "resend_link",
    "resize_quota",
]
