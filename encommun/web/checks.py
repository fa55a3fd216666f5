"""Everything that ``encommun check`` looks at."""

from collections.abc import Iterator

from encommun.journal.queries import broken_links


def everything_that_is_wrong() -> Iterator[str]:
    """A sentence for each thing that does not hold."""
    yield from broken_links()
