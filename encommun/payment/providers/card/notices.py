"""Notifications of the provider."""

from django.conf import settings

from encommun.payment.providers.facts import Notice
from encommun.payment.refusals import WrongSignature


def read_notice(body: bytes, signature: str) -> Notice:
    """A notification whose signature holds and is younger than five minutes: about a page, or about the money of one.

    Raises:
        WrongSignature: forged, changed, too old, or unreadable.
    """
    import stripe

    secret = settings.CONFIG.card_webhook_secret
    if not secret:
        raise WrongSignature()
    try:
        event = stripe.Webhook.construct_event(body, signature, secret)
        about = event.data.object
        is_page = about.object == "checkout.session"
        return Notice(
            id=event.id,
            kind=event.type,
            page_id=about.id if is_page else "",
            charge_id="" if is_page else str(getattr(about, "payment_intent", "") or ""),
        )
    except (stripe.SignatureVerificationError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise WrongSignature() from error
