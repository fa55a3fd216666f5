"""What can be done with quotes, purchase orders and invoices."""

from encommun.invoicing.commands.ask_quote import QuoteWish, ask_quote
from encommun.invoicing.commands.give_billing import BillingText, give_billing
from encommun.invoicing.commands.issue_invoice import credit_invoice, issue_invoice
from encommun.invoicing.commands.keep_issuer import IssuerText, keep_issuer, share_issuer
from encommun.invoicing.commands.make_paper import make_paper
from encommun.invoicing.commands.note_step import note_step
from encommun.invoicing.commands.receive_order import OrderText, SentFile, await_order, correct_order, order_booking, order_quote
from encommun.invoicing.commands.replace_invoice import replace_invoice

__all__ = [
    "BillingText",
    "IssuerText",
    "OrderText",
    "QuoteWish",
    "SentFile",
    "ask_quote",
    "await_order",
    "correct_order",
    "credit_invoice",
    "give_billing",
    "issue_invoice",
    "keep_issuer",
    "make_paper",
    "note_step",
    "order_booking",
    "order_quote",
    "replace_invoice",
    "share_issuer",
]
