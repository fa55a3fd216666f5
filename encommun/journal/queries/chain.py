"""Is the chain whole?"""

from collections.abc import Iterator

from encommun.journal.models import Entry
from encommun.journal.rules import GENESIS, entry_hash


def broken_links() -> Iterator[str]:
    """A sentence for each place where the chain does not hold: changed, missing or moved rows."""
    expected, former = 1, GENESIS
    for entry in Entry.objects.exclude(position=None).order_by("position").iterator(chunk_size=2000):
        if entry.position != expected:
            yield f"Journal: position {expected} is missing (found {entry.position})."
            expected = entry.position
        elif entry.hash != entry_hash(former, entry):
            yield f"Journal: entry {entry.pk} at position {entry.position} was changed after it was chained."
        former, expected = entry.hash, expected + 1
