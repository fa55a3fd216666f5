"""How one booking is paid."""

from dataclasses import dataclass

from django.db.models import QuerySet

from encommun.events.models import Event
from encommun.payment.models import LedgerEntry, Payment, Refund, TransferAccount, Way
from encommun.payment.queries.balances import Balance, balance_of
from encommun.payment.queries.ways import ways_of
from encommun.payment.rules import ONLINE, in_groups, transfer_reference
from encommun.registration.models import Booking
from encommun.registration.rules import TRANSFER_DAYS


@dataclass(frozen=True, kw_only=True)
class MoneyOf:
    """Payments and movements of a booking, and how it may be paid."""

    payments: list[Payment]
    ledger: list[LedgerEntry]
    refunds: list[Refund]
    account: TransferAccount | None
    ways: dict[str, Way]
    balance: Balance
    reference: str
    transfer_days: int

    @property
    def online(self) -> list[Way]:
        """Payment pages that may be chosen."""
        return [self.ways[name] for name in ONLINE if self.ways[name].is_open]

    @property
    def other_methods(self) -> list[str]:
        """What one may change to: «card», «transfer», «cheque»."""
        return (["card"] if self.online else []) + [name for name in ("transfer", "cheque") if self.ways[name].is_open]

    @property
    def is_being_checked(self) -> bool:
        """Whether a payment was begun on a provider's page and nothing was said yet."""
        return any(payment.state == Payment.State.WAITING and payment.provider_id for payment in self.payments)

    @property
    def paid(self) -> list[Payment]:
        return [payment for payment in self.payments if payment.state == Payment.State.PAID]

    @property
    def to_refund(self) -> list[Refund]:
        return [refund for refund in self.refunds if refund.state != Refund.State.DONE]

    @property
    def refunded(self) -> list[Refund]:
        return [refund for refund in self.refunds if refund.state == Refund.State.DONE]

    @property
    def in_trouble(self) -> list[Payment]:
        return [payment for payment in self.payments if payment.trouble]


def money_of(booking: Booking) -> MoneyOf:
    """Seven statements, whatever the number of payments, for who may see the booking."""
    refunds = Refund.objects.filter(payment__booking=booking).select_related("payment").order_by("pk")
    return MoneyOf(
        payments=list(booking.payments.order_by("pk")),
        ledger=list(booking.ledger.select_related("payment").order_by("at", "pk")),
        refunds=list(refunds),
        account=TransferAccount.objects.filter(event_id=booking.event_id).first(),
        ways=ways_of(booking.event),
        balance=balance_of(booking),
        reference=in_groups(transfer_reference(booking.code)),
        transfer_days=TRANSFER_DAYS,
    )


def by_hand(event: Event) -> QuerySet[Refund]:
    """Refunds that no provider makes by itself: transfers, cheques, the till, and what a provider refused."""
    todo = Refund.objects.filter(payment__booking__event=event).exclude(state=Refund.State.DONE)
    return todo.exclude(payment__provider__in=ONLINE, state=Refund.State.TO_DO).select_related("payment__booking").order_by("pk")
