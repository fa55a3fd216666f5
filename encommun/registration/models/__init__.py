"""Passes and who booked them."""

from encommun.registration.models.booking import Booking, Claim, Seat
from encommun.registration.models.contribution import Contribution
from encommun.registration.models.fund import Fund, FundMovement
from encommun.registration.models.passes import Left, PassType, Quota, availability
from encommun.registration.models.questions import Answer, Question
from encommun.registration.models.terms import Terms
from encommun.registration.models.voucher import Reserve, Voucher, VoucherUse
from encommun.registration.models.waiting import Waiting
from encommun.registration.models.workshop import Draw, SignUp, Workshop

__all__ = [
    "Answer",
    "Booking",
    "Claim",
    "Contribution",
    "Draw",
    "Fund",
    "FundMovement",
    "Left",
    "PassType",
    "Question",
    "Quota",
    "Reserve",
    "Seat",
    "SignUp",
    "Terms",
    "Voucher",
    "VoucherUse",
    "Waiting",
    "Workshop",
    "availability",
]
