"""What the provider says of a payment page."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class SessionFacts:
    """A checkout session as the provider sees it now.

    Attributes:
        status: «open», «complete» or «expired».
        is_paid: whether the money is there.
        intent: the provider's name of the payment itself, for refunds.
    """

    id: str
    url: str
    status: str
    is_paid: bool
    amount_cents: int
    currency: str
    intent: str

    @classmethod
    def of(cls, session: Any) -> "SessionFacts":
        """From the provider's object."""
        return cls(
            id=session.id,
            url=session.url or "",
            status=session.status or "",
            is_paid=session.payment_status == "paid",
            amount_cents=session.amount_total or 0,
            currency=(session.currency or "").lower(),
            intent=str(session.payment_intent or ""),
        )
