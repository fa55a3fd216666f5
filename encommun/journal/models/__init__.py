"""The journal's tables."""

from encommun.journal.models.entry import Entry
from encommun.journal.models.idempotency import IdempotentAnswer
from encommun.journal.models.stamp import PublicStamp

__all__ = ["Entry", "IdempotentAnswer", "PublicStamp"]
