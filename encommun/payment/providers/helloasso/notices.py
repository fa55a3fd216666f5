"""Notifications of the provider: not signed for ordinary accounts, so nothing in them is believed but where to look."""

import hashlib
import json

from encommun.payment.providers.facts import Notice
from encommun.payment.refusals import WrongSignature


def read_notice(body: bytes) -> Notice:
    """Where a notification says to look: our own name of the payment, or the provider's page.

    Raises:
        WrongSignature: unreadable, or about something without a name.
    """
    try:
        told = json.loads(body)
        data = told.get("data") or {}
        metadata = told.get("metadata") or data.get("metadata") or {}
        reference = str(metadata.get("reference") or "")
        page = data.get("checkoutIntentId") or (data.get("order") or {}).get("checkoutIntentId") or ""
        kind = str(told.get("eventType") or "")
        charge = str(data.get("id") or "") if kind == "Payment" else ""
    except (ValueError, AttributeError, TypeError) as error:
        raise WrongSignature() from error
    digest = hashlib.sha256(body).hexdigest()
    return Notice(id=digest, kind=kind, page_id=str(page), charge_id=charge, reference=reference)
