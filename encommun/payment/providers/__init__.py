"""Those who take payments for us, a folder each. They know the network and nothing of bookings.

A provider with a payment page is a module with ``create_page``, ``read_page``, ``close_page``, ``give_back``,
``refunds_of`` and ``PAGE_LIVES``; what they answer is in ``facts.py``. They are never called inside a transaction.
"""

from types import ModuleType

from django.db import connection

from encommun.payment.providers import card, helloasso

BY_NAME: dict[str, ModuleType] = {"card": card, "helloasso": helloasso}


def provider(name: str) -> ModuleType:
    """The provider of that name.

    Raises:
        RuntimeError: inside a transaction.
        KeyError: it has no payment page.
    """
    if connection.in_atomic_block:
        raise RuntimeError("No provider is called inside a transaction")
    return BY_NAME[name]
