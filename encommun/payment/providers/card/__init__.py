"""Payment by card with Stripe Checkout: the card is typed on the provider's page, never on ours."""

from datetime import timedelta

from encommun.payment.providers.card.client import close_page, create_page, give_back, read_page, refunds_of
from encommun.payment.providers.card.notices import read_notice

PAGE_LIVES = timedelta(minutes=32)  # the provider asks for half an hour at least; shorter than the hold

__all__ = ["PAGE_LIVES", "close_page", "create_page", "give_back", "read_notice", "read_page", "refunds_of"]
