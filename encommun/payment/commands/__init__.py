"""What can be done with money."""

from encommun.payment.commands.answer_stray import answer_stray
from encommun.payment.commands.cheques import Arrived, bounce_cheque, make_deposit, receive_cheque
from encommun.payment.commands.choose_way import choose_way
from encommun.payment.commands.cite import cite
from encommun.payment.commands.desk import count_till, take_at_desk, waive_payment
from encommun.payment.commands.give_up_payment import give_up_payment
from encommun.payment.commands.keep_stray import keep_stray
from encommun.payment.commands.mark_refunded import mark_refunded, note_refund_outside, note_refused
from encommun.payment.commands.match_line import leave_line_aside, match_line
from encommun.payment.commands.open_ways import open_way
from encommun.payment.commands.read_statement import drop_statement, keep_statement, read_statement
from encommun.payment.commands.receive_transfer import receive_transfer
from encommun.payment.commands.refund_booking import refund_booking
from encommun.payment.commands.refund_payment import refund_payment
from encommun.payment.commands.refund_seat import refund_seat
from encommun.payment.commands.set_refund_account import set_refund_account
from encommun.payment.commands.set_transfer_account import set_transfer_account
from encommun.payment.commands.settle import Received, settle
from encommun.payment.commands.start_payment import keep_page, note_look, start_payment
from encommun.payment.commands.write_ledger import write_ledger

__all__ = [
    "Arrived",
    "Received",
    "answer_stray",
    "bounce_cheque",
    "choose_way",
    "cite",
    "count_till",
    "drop_statement",
    "give_up_payment",
    "keep_page",
    "keep_statement",
    "keep_stray",
    "leave_line_aside",
    "make_deposit",
    "mark_refunded",
    "match_line",
    "note_look",
    "note_refund_outside",
    "note_refused",
    "open_way",
    "read_statement",
    "receive_cheque",
    "receive_transfer",
    "refund_booking",
    "refund_payment",
    "refund_seat",
    "set_refund_account",
    "set_transfer_account",
    "settle",
    "start_payment",
    "take_at_desk",
    "waive_payment",
    "write_ledger",
]
