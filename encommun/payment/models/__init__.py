"""Money that was asked for and money that came."""

from encommun.payment.models.cheque import Cheque, Deposit
from encommun.payment.models.desk import DayCount, Receipt
from encommun.payment.models.ledger import LedgerEntry
from encommun.payment.models.payment import Payment, ProviderNotice
from encommun.payment.models.refund import Refund
from encommun.payment.models.statement import Allocation, Citation, Statement, StatementLine
from encommun.payment.models.stray import Stray
from encommun.payment.models.ways import TransferAccount, Way

__all__ = [
    "Allocation",
    "Cheque",
    "Citation",
    "DayCount",
    "Deposit",
    "LedgerEntry",
    "Payment",
    "ProviderNotice",
    "Receipt",
    "Refund",
    "Statement",
    "StatementLine",
    "Stray",
    "TransferAccount",
    "Way",
]
