"""What any provider says of its payment page, in the same words."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class PageFacts:
    """A payment page as its provider sees it now.

    Attributes:
        status: «open», «complete» or «expired».
        is_paid: whether the money is there.
        amount_cents: what came for us, without what the payer gave the provider beside it (``tip_cents``).
        charge_id: the provider's name of the money itself, for refunds.
        is_disputed: the payer's bank asks for the money back.
        reference: our own name of the payment, as the provider kept it.
    """

    id: str
    url: str
    status: str
    is_paid: bool
    amount_cents: int
    currency: str
    charge_id: str = ""
    fee_cents: int = 0
    tip_cents: int = 0
    is_disputed: bool = False
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class RefundFacts:
    """A refund as the provider sees it; ``reference`` is ours, empty when it was made on the provider's site."""

    id: str
    amount_cents: int
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a payment page is made from."""

    reference: str
    label: str
    amount_cents: int
    name: str
    email: str
    language: str
    success_url: str
    cancel_url: str


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A notification: which page or which money it is about. What happened is asked of the provider again."""

    id: str
    kind: str
    page_id: str = ""
    charge_id: str = ""
    reference: str = ""
