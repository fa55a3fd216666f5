"""What can be done with the journal: record, chain."""

from encommun.journal.commands.chain_entries import chain_entries
from encommun.journal.commands.once import once
from encommun.journal.commands.record import record

__all__ = ["chain_entries", "once", "record"]
