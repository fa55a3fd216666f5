"""Send what is due. One letter a transaction, so that one bad address delays nobody."""

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.core.mail import EmailMultiAlternatives, mailers
from django.db import transaction

from encommun.mailing.models import Letter

GIVE_UP_AFTER = 8
STUCK_AFTER = timedelta(minutes=5)


def send_letters(*, at: datetime, most: int = 100) -> int:
    """Send up to ``most`` letters; answer how many left.

    At least once: a process killed between sending and noting it makes a second copy with the same Message-ID.
    """
    stuck = Letter.objects.filter(state=Letter.State.SENDING, next_try_at__lt=at - STUCK_AFTER)
    if stuck.exists():
        stuck.update(state=Letter.State.QUEUED)
    if not Letter.objects.due(at).exists():
        return 0
    sent = 0
    mailer = mailers.default
    try:
        for _n in range(most):
            letter = _take(at)
            if letter is None:
                break
            sent += _send(letter, mailer, at)
    finally:
        mailer.close()
    return sent


@transaction.atomic
def _take(at: datetime) -> Letter | None:
    letter = Letter.objects.due(at).claimed().first()
    if letter is not None:
        letter.state, letter.tries, letter.next_try_at = Letter.State.SENDING, letter.tries + 1, at
        letter.save(update_fields=["state", "tries", "next_try_at"])
    return letter


def _send(letter: Letter, mailer: Any, at: datetime) -> bool:
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        to=[letter.recipient],
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated", "Content-Language": letter.language},
    )
    message.attach_alternative(letter.html, "text/html")
    for file in letter.attachments.all():
        message.attach(file.name, bytes(file.content), file.content_type)
    try:
        mailer.send_messages([message])
    except Exception as error:  # whatever the server or the network said: try later, give up in the end
        letter.last_error = f"{type(error).__name__}: {error}"[:300]
        letter.state = (
            Letter.State.BOUNCED
            if _refuses_the_address(error)
            else Letter.State.FAILED
            if letter.tries >= GIVE_UP_AFTER
            else Letter.State.QUEUED
        )
        letter.next_try_at = at + timedelta(minutes=2**letter.tries)
        letter.save(update_fields=["last_error", "state", "next_try_at"])
        mailer.close()
        return False
    letter.state, letter.sent_at, letter.last_error = Letter.State.SENT, at, ""
    letter.save(update_fields=["state", "sent_at", "last_error"])
    return True


def _refuses_the_address(error: Exception) -> bool:
    """Whether the server said that this address will never do (RFC 5321, replies of 5xx to RCPT)."""
    return isinstance(error, SMTPRecipientsRefused) and all(500 <= code < 600 for code, _words in error.recipients.values())
