"""Payment with HelloAsso Checkout, free for associations. Its notifications are not signed: they are only hints."""

from datetime import timedelta

from encommun.payment.providers.helloasso.client import close_page, create_page, give_back, read_page, refunds_of
from encommun.payment.providers.helloasso.notices import read_notice

PAGE_LIVES = timedelta(minutes=15)  # the provider's own delay; a page cannot be closed before

__all__ = ["PAGE_LIVES", "close_page", "create_page", "give_back", "read_notice", "read_page", "refunds_of"]
