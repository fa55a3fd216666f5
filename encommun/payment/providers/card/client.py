"""Calls to the provider. Never inside a transaction. ``stripe`` is loaded at the first call: most processes never need it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import connection

from encommun.foundation import clock
from encommun.payment.providers.facts import Asked, PageFacts, RefundFacts
from encommun.payment.refusals import ProviderRefused, ProviderUnreachable

SECONDS = 10  # most that a call may take
MONEY = ["payment_intent.latest_charge.balance_transaction"]  # the provider's fee is only told there


@contextmanager
def _client() -> Iterator[Any]:
    """A client, whose errors are two refusals of ours.

    Raises:
        RuntimeError: called inside a transaction.
        ProviderUnreachable: no answer, or an error of theirs.
        ProviderRefused: a clear no.
    """
    if connection.in_atomic_block:
        raise RuntimeError("No provider is called inside a transaction")
    import stripe

    try:
        yield _kept(settings.CONFIG.card_secret_key, settings.CONFIG.card_api_base).v1
    except stripe.InvalidRequestError as error:
        raise ProviderRefused(why=error.code or "invalid request") from error
    except stripe.StripeError as error:
        raise ProviderUnreachable() from error


@lru_cache(4)
def _kept(secret_key: str, api_base: str) -> Any:
    """One client for all calls: each thread keeps its connection, and the buyer does not wait for a new one at each step."""
    import stripe

    http = stripe.RequestsClient(timeout=SECONDS)
    return stripe.StripeClient(secret_key, base_addresses={"api": api_base}, max_network_retries=1, http_client=http)


def create_page(asked: Asked, *, open_until: datetime) -> PageFacts:
    """A payment page. The same reference gives the same page, however often it is asked for."""
    params = {
        "mode": "payment",
        "client_reference_id": asked.reference,
        "metadata": {"reference": asked.reference},
        "payment_intent_data": {"metadata": {"reference": asked.reference}, "description": asked.label},
        "customer_email": asked.email,
        "locale": asked.language,
        "line_items": [
            {
                "quantity": 1,
                "price_data": {"currency": "eur", "unit_amount": asked.amount_cents, "product_data": {"name": asked.label}},
            }
        ],
        "success_url": asked.success_url,
        "cancel_url": asked.cancel_url,
        "expires_at": int(_real(open_until).timestamp()),
    }
    with _client() as client:
        return _facts(client.checkout.sessions.create(params, {"idempotency_key": asked.reference}))


def read_page(page_id: str) -> PageFacts:
    """What the provider says now, with the fee that it keeps."""
    with _client() as client:
        return _facts(client.checkout.sessions.retrieve(page_id, {"expand": MONEY}))


def close_page(page_id: str) -> PageFacts:
    """Close a payment page, so that nobody pays there any more; what it is after that, whoever was first."""
    try:
        with _client() as client:
            client.checkout.sessions.expire(page_id)
    except ProviderRefused:
        pass  # it was paid or closed a moment ago
    return read_page(page_id)


def give_back(charge_id: str, *, amount_cents: int, reference: str, before_cents: int) -> str:
    """Give a sum back; the provider's name of the refund. Asked twice, it is one refund, even long after.

    Raises:
        ProviderRefused: it will never be done.
    """
    made = next((refund for refund in refunds_of(charge_id) if refund.reference == reference), None)
    if made is not None:
        return made.id
    params = {"payment_intent": charge_id, "amount": amount_cents, "metadata": {"reference": reference}}
    with _client() as client:
        return str(client.refunds.create(params, {"idempotency_key": f"refund-{reference}"}).id)


def refunds_of(charge_id: str) -> list[RefundFacts]:
    """Every refund of a payment that was made or is on its way, ours and those made on the provider's site."""
    with _client() as client:
        found = client.refunds.list({"payment_intent": charge_id, "limit": 100}).data
    return [
        RefundFacts(id=refund.id, amount_cents=refund.amount, reference=_of(refund.metadata, "reference"))
        for refund in found
        if refund.status not in ("failed", "canceled")
    ]


def _facts(session: Any) -> PageFacts:
    intent = session.payment_intent
    charge = getattr(intent, "latest_charge", None)
    balance = getattr(charge, "balance_transaction", None)
    return PageFacts(
        id=session.id,
        url=session.url or "",
        status=session.status or "",
        is_paid=session.payment_status == "paid",
        amount_cents=session.amount_total or 0,
        currency=(session.currency or "").lower(),
        charge_id=str(getattr(intent, "id", intent) or ""),
        fee_cents=int(getattr(balance, "fee", 0) or 0),
        is_disputed=bool(getattr(charge, "disputed", False)),
        reference=_of(session.metadata, "reference"),
    )


def _of(metadata: Any, name: str) -> str:
    try:
        return str(metadata[name] or "")
    except (KeyError, TypeError):
        return ""


def _real(moment: datetime) -> datetime:
    """A moment of our clock on the provider's: they differ by whole days when the demo plays another day."""
    days = round((datetime.now(UTC) - clock.now()) / timedelta(days=1))
    return moment + timedelta(days=days)
