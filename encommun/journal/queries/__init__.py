"""What can be asked of the journal."""

from encommun.journal.queries.chain import broken_links
from encommun.journal.queries.history import history_of
from encommun.journal.queries.stamps import public_stamps

__all__ = ["broken_links", "history_of", "public_stamps"]
