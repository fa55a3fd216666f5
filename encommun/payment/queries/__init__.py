"""What can be asked of money."""

from encommun.payment.queries.contracts import what_does_not_hold
from encommun.payment.queries.of_booking import MoneyOf, money_of

__all__ = ["MoneyOf", "money_of", "what_does_not_hold"]
