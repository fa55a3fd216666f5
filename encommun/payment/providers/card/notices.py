"""Notifications of the provider."""

from dataclasses import dataclass

from django.conf import settings

from encommun.payment.refusals import WrongSignature


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A signed notification: which session it is about. What happened is asked of the provider again."""

    id: str
    kind: str
    session_id: str


def read_notice(body: bytes, signature: str) -> Notice:
    """A notification whose signature holds and is younger than five minutes.

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
        session_id = about.id if about.object == "checkout.session" else ""
        return Notice(id=event.id, kind=event.type, session_id=session_id)
    except (stripe.SignatureVerificationError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise WrongSignature() from error
