"""Calls to the provider. Never inside a transaction. ``stripe`` is loaded at the first call: most processes never need it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from encommun.foundation import clock
from encommun.payment.providers.card.facts import SessionFacts
from encommun.payment.refusals import ProviderUnreachable

SECONDS = 10  # most that a call may take


@contextmanager
def _client() -> Iterator[Any]:
    """A client, whose errors are one refusal of ours.

    Raises:
        RuntimeError: called inside a transaction.
        ProviderUnreachable: no answer, or an error.
    """
    if connection.in_atomic_block:
        raise RuntimeError("No provider is called inside a transaction")
    import stripe

    try:
        yield stripe.StripeClient(
            settings.CONFIG.card_secret_key,
            base_addresses={"api": settings.CONFIG.card_api_base},
            max_network_retries=1,
            http_client=stripe.RequestsClient(timeout=SECONDS),
        ).v1
    except stripe.StripeError as error:
        raise ProviderUnreachable() from error


def create_session(
    *,
    reference: str,
    label: str,
    amount_cents: int,
    email: str,
    language: str,
    open_until: datetime,
    success_url: str,
    cancel_url: str,
) -> SessionFacts:
    """A payment page. The same reference gives the same page, however often it is asked for."""
    params = {
        "mode": "payment",
        "client_reference_id": reference,
        "metadata": {"reference": reference},
        "payment_intent_data": {"metadata": {"reference": reference}, "description": label},
        "customer_email": email,
        "locale": language,
        "line_items": [
            {"quantity": 1, "price_data": {"currency": "eur", "unit_amount": amount_cents, "product_data": {"name": label}}}
        ],
        "success_url": success_url,
        "cancel_url": cancel_url,
        "expires_at": int(_real(open_until).timestamp()),
    }
    with _client() as client:
        return SessionFacts.of(client.checkout.sessions.create(params, {"idempotency_key": reference}))


def read_session(session_id: str) -> SessionFacts:
    """What the provider says now."""
    with _client() as client:
        return SessionFacts.of(client.checkout.sessions.retrieve(session_id))


def expire_session(session_id: str) -> SessionFacts:
    """Close a payment page, so that nobody pays there any more; what it is after that, whoever was first."""
    try:
        with _client() as client:
            return SessionFacts.of(client.checkout.sessions.expire(session_id))
    except ProviderUnreachable:
        return read_session(session_id)  # it was paid or closed a moment ago


def refund_session(session_id: str, *, reference: str) -> str:
    """Give everything back; the provider's name of the refund. Asked twice, it is one refund."""
    intent = read_session(session_id).intent
    with _client() as client:
        refund = client.refunds.create({"payment_intent": intent}, {"idempotency_key": f"refund-{reference}"})
    return str(refund.id)


def _real(moment: datetime) -> datetime:
    """A moment of our clock on the provider's: they differ by whole days when the demo plays another day."""
    days = round((datetime.now(UTC) - clock.now()) / timedelta(days=1))
    return moment + timedelta(days=days)
