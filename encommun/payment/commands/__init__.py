"""What can be done with money."""

from encommun.payment.commands.give_up_payment import give_up_payment
from encommun.payment.commands.mark_refunded import mark_refunded
from encommun.payment.commands.receive_transfer import receive_transfer
from encommun.payment.commands.refund_booking import refund_booking
from encommun.payment.commands.set_transfer_account import set_transfer_account
from encommun.payment.commands.settle import Received, settle
from encommun.payment.commands.start_payment import keep_page, note_look, start_payment
from encommun.payment.commands.write_ledger import write_ledger

__all__ = [
    "Received",
    "give_up_payment",
    "keep_page",
    "mark_refunded",
    "note_look",
    "receive_transfer",
    "refund_booking",
    "set_transfer_account",
    "settle",
    "start_payment",
    "write_ledger",
]
