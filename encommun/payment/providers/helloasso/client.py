"""Calls to the provider's API, version 5. Never inside a transaction."""

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection

from encommun.payment.providers.facts import Asked, PageFacts, RefundFacts
from encommun.payment.providers.helloasso.token import SECONDS, access_token
from encommun.payment.refusals import ProviderRefused, ProviderUnreachable

LONGEST_LABEL = 250
PAID = ("Authorized", "AuthorizedPreprod", "Registered", "Refunding", "Refunded", "Contested")
REFUND_FAILED = ("Error", "InternalError", "Refused", "Aborted", "Canceled")


def create_page(asked: Asked, *, open_until: datetime) -> PageFacts:
    """A payment page («checkout intent»). The provider closes it by itself a quarter of an hour later."""
    body = {
        "totalAmount": asked.amount_cents,
        "initialAmount": asked.amount_cents,
        "itemName": asked.label[:LONGEST_LABEL],
        "backUrl": asked.cancel_url,
        "errorUrl": asked.success_url,  # an error there is no answer yet: our page asks, and says that it is checking
        "returnUrl": asked.success_url,
        "containsDonation": False,
        "payer": _payer(asked),
        "metadata": {"reference": asked.reference},
    }
    made = _call("POST", _of_organisation("checkout-intents"), json=body)
    return PageFacts(
        id=str(made["id"]), url=made["redirectUrl"], status="open", is_paid=False, amount_cents=0, currency="eur", charge_id=""
    )


def _payer(asked: Asked) -> dict[str, str]:
    """Who pays, to spare her typing it again. The provider refuses the page when a name does not look like one (a single word given
    twice, digits, one letter): then she says it there."""
    first, _space, last = asked.name.strip().partition(" ")
    named = all(len(part) > 1 and re.fullmatch(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*", part) for part in (first, last))
    names = {"firstName": first, "lastName": last} if named and first.casefold() != last.casefold() else {}
    return names | {"email": asked.email}


def read_page(page_id: str) -> PageFacts:
    """What the provider says now: the order stands beside the intent once it is paid."""
    return _facts(_call("GET", _of_organisation(f"checkout-intents/{page_id}")), page_id)


def close_page(page_id: str) -> PageFacts:
    """A page cannot be closed by us: what it is now."""
    return read_page(page_id)


def give_back(charge_id: str, *, amount_cents: int, reference: str, before_cents: int) -> str:
    """Give a sum back; the provider's name of the refund.

    The API has no key against doing it twice: so it is first asked what it gave back already, and what is more than
    ``before_cents`` (what our ledger knows of) is this very refund, whose answer was lost.
    """
    made = refunds_of(charge_id)
    if made and sum(refund.amount_cents for refund in made) >= before_cents + amount_cents:
        return made[-1].id
    asked = {"amount": amount_cents, "comment": reference, "sendRefundMail": "false", "cancelOrder": "false"}
    return str(_call("POST", f"/v5/payments/{charge_id}/refund", params=asked)["id"])


def refunds_of(charge_id: str) -> list[RefundFacts]:
    """Every refund of a payment that was made or is on its way. The provider keeps no reference of ours on them."""
    operations = _call("GET", f"/v5/payments/{charge_id}").get("refundOperations") or []
    return [
        RefundFacts(id=str(operation["id"]), amount_cents=operation.get("amount") or 0)
        for operation in operations
        if operation.get("status") not in REFUND_FAILED
    ]


def read_reference(page_id: str) -> str:
    """Our own name of a payment page; empty when it is not one of ours."""
    try:
        return read_page(page_id).reference
    except ProviderRefused:
        return ""


def _facts(intent: dict[str, Any], page_id: str) -> PageFacts:
    order = intent.get("order") or {}
    payments = order.get("payments") or []
    paid = [payment for payment in payments if payment.get("state") in PAID]
    return PageFacts(
        id=page_id,
        url=intent.get("redirectUrl") or "",
        status="complete" if paid else "open",
        is_paid=bool(paid),
        amount_cents=sum(_share(payment) for payment in paid),
        currency="eur",
        charge_id=str(paid[0]["id"]) if paid else "",
        tip_cents=sum(payment.get("amountTip") or 0 for payment in paid),
        is_disputed=any(payment.get("state") == "Contested" for payment in paid),
        reference=str((intent.get("metadata") or {}).get("reference", "")),
    )


def _share(payment: dict[str, Any]) -> int:
    """What is the association's: the items of the payment. What was given to the provider beside them is none of ours."""
    items = payment.get("items") or []
    shares = [item.get("shareAmount") or item.get("shareItemAmount") or 0 for item in items]
    return sum(shares) if items else int(payment.get("amount") or 0)


def _of_organisation(path: str) -> str:
    return f"/v5/organizations/{settings.CONFIG.helloasso_organization}/{path}"


def _call(method: str, path: str, **more: Any) -> dict[str, Any]:
    """One call; a key that is refused is changed once.

    Raises:
        RuntimeError: called inside a transaction.
        ProviderUnreachable: no answer, an error of theirs, or not JSON.
        ProviderRefused: a clear no.
    """
    if connection.in_atomic_block:
        raise RuntimeError("No provider is called inside a transaction")
    token = access_token()
    answer = _ask(method, path, token, more)
    if answer.status_code == 401:
        answer = _ask(method, path, access_token(is_refused=token), more)
    if answer.status_code >= 500 or answer.status_code in (401, 408, 429):
        raise ProviderUnreachable()
    if answer.status_code >= 400:
        raise ProviderRefused(why=f"HTTP {answer.status_code}")
    try:
        read = answer.json()
    except ValueError as error:
        raise ProviderUnreachable() from error
    return read if isinstance(read, dict) else {}


def _ask(method: str, path: str, token: str, more: dict[str, Any]) -> Any:
    import requests

    try:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        return requests.request(method, settings.CONFIG.helloasso_api_base + path, headers=headers, timeout=SECONDS, **more)
    except requests.RequestException as error:
        raise ProviderUnreachable() from error
