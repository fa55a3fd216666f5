"""What can be asked of passes and bookings."""

from encommun.registration.queries.basket import Basket, basket_of, voucher_of
from encommun.registration.queries.bookings import (
    answers_in_words,
    answers_of,
    booking_seen_by,
    my_bookings,
    other_days,
    seat_seen_by,
    venues_of,
    workshops_of,
)
from encommun.registration.queries.composing import (
    composed_of,
    pass_composed,
    question_composed,
    questions_of,
    quota_composed,
    terms_of,
)
from encommun.registration.queries.drift import what_does_not_hold
from encommun.registration.queries.offer import Choice, Offer, choices_of, offer_of
from encommun.registration.queries.rights import has_rights, right_seen_by, rights_seen_by
from encommun.registration.queries.sales import Week, sales_of
from encommun.registration.queries.team import Filters, bookings_seen_by, day_counts, history_of_booking, totals_of
from encommun.registration.queries.vouchers import FundInPublic, fund_of, open_fund, voucher_seen_by, vouchers_seen_by
from encommun.registration.queries.waiting import place_in_queue, queue_of, waiting_seen_by
from encommun.registration.queries.workshops import (
    Offered,
    contributions_seen_by,
    door_list,
    draws_of,
    session_to_open,
    sessions_to_open,
    sign_up_at_door,
    turn_of,
    workshops_for,
)

__all__ = [
    "Basket",
    "Choice",
    "Filters",
    "FundInPublic",
    "Offer",
    "Offered",
    "Week",
    "answers_in_words",
    "answers_of",
    "basket_of",
    "booking_seen_by",
    "bookings_seen_by",
    "choices_of",
    "composed_of",
    "contributions_seen_by",
    "day_counts",
    "door_list",
    "draws_of",
    "fund_of",
    "has_rights",
    "history_of_booking",
    "my_bookings",
    "offer_of",
    "open_fund",
    "other_days",
    "pass_composed",
    "place_in_queue",
    "question_composed",
    "questions_of",
    "queue_of",
    "quota_composed",
    "right_seen_by",
    "rights_seen_by",
    "sales_of",
    "seat_seen_by",
    "session_to_open",
    "sessions_to_open",
    "sign_up_at_door",
    "terms_of",
    "totals_of",
    "turn_of",
    "venues_of",
    "voucher_of",
    "voucher_seen_by",
    "vouchers_seen_by",
    "waiting_seen_by",
    "what_does_not_hold",
    "workshops_for",
    "workshops_of",
]
