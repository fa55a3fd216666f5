"""Chain the entries by hash, so that a changed, removed or moved one is seen."""

from django.db import connection, transaction

from encommun.journal.models import Entry
from encommun.journal.rules import GENESIS, entry_hash

LOCK = 0x656E636F  # "enco": the advisory lock of the chain on PostgreSQL


def chain_entries(limit: int = 500) -> int:
    """Chain up to ``limit`` entries, in the order in which they are seen; answer how many.

    Done by the worker after commit, so that bookings do not queue for the end of the chain (docs/decisions/0004). It looks before
    it takes the lock of writing, which on SQLite everybody shares.
    """
    return _chain(limit) if Entry.objects.filter(position=None).exists() else 0


@transaction.atomic
def _chain(limit: int) -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    entries = list(Entry.objects.filter(position=None).order_by("id")[:limit])
    if not entries:
        return 0
    last = Entry.objects.exclude(position=None).order_by("-position").first()
    position, former = (last.position, last.hash) if last else (0, GENESIS)
    for entry in entries:
        position += 1
        entry.position = position
        entry.hash = former = entry_hash(former, entry)
    Entry.objects.bulk_update(entries, ["position", "hash"], batch_size=100)
    return len(entries)
