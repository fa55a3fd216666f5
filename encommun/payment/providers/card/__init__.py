"""Payment by card with Stripe Checkout: the card is typed on the provider's page, never on ours."""

from encommun.payment.providers.card.client import create_session, expire_session, read_session, refund_session
from encommun.payment.providers.card.facts import SessionFacts
from encommun.payment.providers.card.notices import read_notice

__all__ = ["SessionFacts", "create_session", "expire_session", "read_notice", "read_session", "refund_session"]
