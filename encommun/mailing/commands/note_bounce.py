"""Note that a letter came back."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

from django.db import transaction

from encommun.mailing.models import Letter

MESSAGE_ID = re.compile(r"^(?:Original-)?Message-ID:\s*(<[^<>\s]{1,118}>)", re.IGNORECASE | re.MULTILINE)


def note_bounce(report: bytes) -> Letter | None:
    """Read a delivery status notification and mark the letter that it is about; answer it, or None when there is nothing to do.

    Only failures that last count (status 5.x.x, action «failed»): a delay is the business of the mail server. A forged report
    needs the Message-ID, which only who received the letter knows. Source: RFC 3464.
    """
    message = message_from_bytes(report, policy=policy.default)
    status = _status(message)
    if not status or not status.startswith("5."):
        return None
    with transaction.atomic():
        letters = Letter.objects.select_for_update().filter(message_id__in=_names(report, message))
        letter = letters.exclude(state=Letter.State.BOUNCED).first()
        if letter is not None:
            letter.state, letter.last_error = Letter.State.BOUNCED, f"{status} {_words(message)}".strip()[:300]
            letter.save(update_fields=["state", "last_error"])
        return letter


def _reports(message: EmailMessage) -> list[EmailMessage]:
    """The groups of fields of the machine-readable part, the one about the message first."""
    for part in message.walk():
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            return payload if isinstance(payload, list) else []
    return []


def _status(message: EmailMessage) -> str:
    for fields in _reports(message):
        if str(fields.get("Action", "")).strip().lower() == "failed":
            return str(fields.get("Status", "")).strip().split(" ")[0]
    return ""


def _words(message: EmailMessage) -> str:
    for fields in _reports(message):
        if words := str(fields.get("Diagnostic-Code", "")).strip():
            return re.sub(r"\s+", " ", words)
    return ""


def _names(report: bytes, message: EmailMessage) -> list[str]:
    """The Message-IDs in the part that returns the letter or its headers; never the report's own."""
    own = str(message.get("Message-ID", "")).strip()
    found = MESSAGE_ID.findall(report.decode("utf-8", "replace"))
    return [name for name in dict.fromkeys(found) if name != own][:20]
