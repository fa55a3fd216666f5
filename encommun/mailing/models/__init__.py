"""The outbox."""

from encommun.mailing.models.letter import Attachment, Letter

__all__ = ["Attachment", "Letter"]
