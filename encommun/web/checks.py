"""Everything that ``encommun check`` looks at."""

from collections.abc import Iterator

from encommun.journal.queries import broken_links
from encommun.payment.queries import what_does_not_hold as money_that_does_not_hold
from encommun.registration.queries import what_does_not_hold as places_that_do_not_hold


def everything_that_is_wrong() -> Iterator[str]:
    """A sentence for each thing that does not hold."""
    yield from broken_links()
    yield from places_that_do_not_hold()
    yield from money_that_does_not_hold()
