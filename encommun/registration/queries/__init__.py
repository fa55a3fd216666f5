"""What can be asked of passes and bookings."""

from encommun.registration.queries.bookings import booking_seen_by, my_bookings, seat_seen_by
from encommun.registration.queries.drift import what_does_not_hold
from encommun.registration.queries.offer import Choice, Offer, choices_of, offer_of
from encommun.registration.queries.team import Filters, bookings_seen_by, day_counts, totals_of

__all__ = [
    "Choice",
    "Filters",
    "Offer",
    "booking_seen_by",
    "bookings_seen_by",
    "choices_of",
    "day_counts",
    "my_bookings",
    "offer_of",
    "seat_seen_by",
    "totals_of",
    "what_does_not_hold",
]
