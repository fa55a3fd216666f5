"""What can be done with passes and bookings."""

from encommun.registration.commands.answer_questions import answer_questions
from encommun.registration.commands.block_pass import block_pass, unblock_pass
from encommun.registration.commands.book_passes import SeatWish, book_passes, book_within
from encommun.registration.commands.cancel_booking import cancel_booking
from encommun.registration.commands.cancel_seat import cancel_seat
from encommun.registration.commands.change_day import change_day
from encommun.registration.commands.compose_pass import PassText, compose_pass
from encommun.registration.commands.compose_question import QuestionText, compose_question, withdraw_question
from encommun.registration.commands.compose_quota import QuotaText, compose_quota
from encommun.registration.commands.confirm_booking import confirm_booking
from encommun.registration.commands.contribute import end_contributions, give_missing_passes, note_contribution
from encommun.registration.commands.extend_hold import extend_hold
from encommun.registration.commands.hand_over import hand_over_pass
from encommun.registration.commands.keep_fund import give_to_fund, set_fund
from encommun.registration.commands.lapse_holds import lapse_holds
from encommun.registration.commands.make_voucher import VoucherText, make_voucher, release_ended_vouchers, withdraw_voucher
from encommun.registration.commands.name_seat import name_seat
from encommun.registration.commands.offer_passes import PassOffer, offer_passes
from encommun.registration.commands.promise_booking import promise_booking
from encommun.registration.commands.renew_booking import renew_booking
from encommun.registration.commands.resend_link import resend_link, resend_seat_link
from encommun.registration.commands.resize_quota import resize_quota
from encommun.registration.commands.see_right import see_right
from encommun.registration.commands.set_terms import set_terms
from encommun.registration.commands.take_offer import take_offer
from encommun.registration.commands.try_out import begin_trial, end_trial
from encommun.registration.commands.wait import join_waiting, leave_waiting, serve_waiting
from encommun.registration.commands.workshops import (
    draw_due,
    draw_workshops,
    leave_workshop,
    leave_workshops_of_other_days,
    next_seed,
    note_presence,
    open_kept_places,
    open_workshop,
    pseudonym,
    release_no_shows,
    sign_up,
    wish_for,
)

__all__ = [
    "PassOffer",
    "PassText",
    "QuestionText",
    "QuotaText",
    "SeatWish",
    "VoucherText",
    "answer_questions",
    "begin_trial",
    "block_pass",
    "book_passes",
    "book_within",
    "cancel_booking",
    "cancel_seat",
    "change_day",
    "compose_pass",
    "compose_question",
    "compose_quota",
    "confirm_booking",
    "draw_due",
    "draw_workshops",
    "end_contributions",
    "end_trial",
    "extend_hold",
    "give_missing_passes",
    "give_to_fund",
    "hand_over_pass",
    "join_waiting",
    "lapse_holds",
    "leave_waiting",
    "leave_workshop",
    "leave_workshops_of_other_days",
    "make_voucher",
    "name_seat",
    "next_seed",
    "note_contribution",
    "note_presence",
    "offer_passes",
    "open_kept_places",
    "open_workshop",
    "promise_booking",
    "pseudonym",
    "release_ended_vouchers",
    "release_no_shows",
    "renew_booking",
    "resend_link",
    "resend_seat_link",
    "resize_quota",
    "see_right",
    "serve_waiting",
    "set_fund",
    "set_terms",
    "sign_up",
    "take_offer",
    "unblock_pass",
    "wish_for",
    "withdraw_question",
    "withdraw_voucher",
]
