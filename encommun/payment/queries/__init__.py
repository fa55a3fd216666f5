"""What can be asked of money."""

from encommun.payment.queries.balances import Balance, balance_of, owed_by
from encommun.payment.queries.contracts import what_does_not_hold
from encommun.payment.queries.of_booking import MoneyOf, by_hand, money_of
from encommun.payment.queries.reports import fees_of, report_of
from encommun.payment.queries.ways import asked_methods, configured, methods_open, online_ways, ways_of

__all__ = [
    "Balance",
    "MoneyOf",
    "asked_methods",
    "balance_of",
    "by_hand",
    "configured",
    "fees_of",
    "methods_open",
    "money_of",
    "online_ways",
    "owed_by",
    "report_of",
    "ways_of",
    "what_does_not_hold",
]
