"""Write a letter into the outbox, in the transaction that causes it."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from encommun.foundation.text import markdown
from encommun.mailing.models import Attachment, Letter


@dataclass(frozen=True, kw_only=True)
class File:
    """A file that goes with a letter."""

    name: str
    content_type: str
    content: bytes


def write_letter(
    template: str,
    *,
    to: str,
    language: str,
    at: datetime,
    dedupe: str,
    event_id: int | None = None,
    context: dict[str, Any] | None = None,
    files: tuple[File, ...] = (),
) -> Letter:
    """Write a letter once.

    Args:
        template: «package/letters/name»; the files are ``name.fr.md`` and ``name.en.md``: the first line is the
            subject, a blank line, then Markdown. A line that is only a link becomes a button in the HTML part.
        dedupe: names this very letter for ever («registration.pass_issued:K7M2QX»): writing it again does nothing.

    Returns:
        the letter, or the one written before under the same ``dedupe``.
    """
    kind = template.replace("/letters/", ".")
    if former := Letter.objects.filter(dedupe=f"{kind}:{dedupe}").first():
        return former
    with translation.override(language):
        source = render_to_string(f"{template}.{language[:2]}.md", {"base_url": settings.CONFIG.base_url, **(context or {})})
    subject, _blank, body = source.strip().partition("\n")
    return write_words(
        kind, subject=subject, body=body, to=to, language=language, at=at, dedupe=dedupe, event_id=event_id, files=files
    )


def write_words(
    kind: str,
    *,
    subject: str,
    body: str,
    to: str,
    language: str,
    at: datetime,
    dedupe: str,
    event_id: int | None = None,
    files: tuple[File, ...] = (),
) -> Letter:
    """Write a letter once, from words that are ready.

    Args:
        kind: «package.name».
        body: Markdown; what people typed in it is ``harmless``.
        dedupe: as in ``write_letter``.
    """
    name = f"{kind}:{dedupe}"
    if former := Letter.objects.filter(dedupe=name).first():
        return former
    body = re.sub(r"\n{3,}", "\n\n", body.strip())
    with translation.override(language):
        html = render_to_string("mailing/letter.html", {"subject": subject, "body": _buttons(markdown(body)), "language": language})
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    letter = Letter.objects.create(
        kind=kind,
        dedupe=name,
        recipient=to,
        language=language,
        event_id=event_id,
        subject=re.sub(r"\s+", " ", subject)[:250],
        text=_as_text(body),
        html=html,
        message_id=f"<{uuid4().hex}@{domain}>",
        written_at=at,
        next_try_at=at,
    )
    Attachment.objects.bulk_create(
        Attachment(letter=letter, name=file.name, content_type=file.content_type, content=file.content) for file in files
    )
    return letter


def _as_text(body: str) -> str:
    """Markdown as plain text: links as «words : address», no marks of emphasis."""
    text = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", lambda m: m[2] if m[1] == m[2] else f"{m[1]} : {m[2]}", body)
    return re.sub(r"(\*\*|__)(.+?)\1", r"\2", text)


def _buttons(html: str) -> str:
    """A paragraph that is one link is drawn as a button."""
    return re.sub(r"<p><a href=(\"[^\"]+\")[^>]*>(.*?)</a></p>", r'<p><a class="button" href=\1>\2</a></p>', html)
