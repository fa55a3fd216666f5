"""How one booking is paid."""

from dataclasses import dataclass

from django.conf import settings

from encommun.payment.models import LedgerEntry, Payment, TransferAccount
from encommun.payment.rules import in_groups, transfer_reference
from encommun.registration.models import Booking
from encommun.registration.rules import TRANSFER_DAYS


@dataclass(frozen=True, kw_only=True)
class MoneyOf:
    """Payments and movements of a booking, and how a transfer is made."""

    payments: list[Payment]
    ledger: list[LedgerEntry]
    account: TransferAccount | None
    reference: str
    transfer_days: int
    card_is_offered: bool

    @property
    def is_being_checked(self) -> bool:
        """Whether a card payment was begun and the provider has not said anything yet."""
        return any(payment.state == Payment.State.WAITING and payment.provider_id for payment in self.payments)

    @property
    def to_refund(self) -> list[Payment]:
        return [payment for payment in self.payments if payment.state == Payment.State.TO_REFUND]

    @property
    def refunded(self) -> list[Payment]:
        return [payment for payment in self.payments if payment.state == Payment.State.REFUNDED]

    @property
    def in_trouble(self) -> list[Payment]:
        return [payment for payment in self.payments if payment.trouble]


def money_of(booking: Booking) -> MoneyOf:
    """Three statements, for who may see the booking."""
    return MoneyOf(
        payments=list(booking.payments.order_by("pk")),
        ledger=list(booking.ledger.order_by("at", "pk")),
        account=TransferAccount.objects.filter(event_id=booking.event_id).first(),
        reference=in_groups(transfer_reference(booking.code)),
        transfer_days=TRANSFER_DAYS,
        card_is_offered=bool(settings.CONFIG.card_secret_key),
    )
