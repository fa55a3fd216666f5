"""Everything that ``encommun check`` looks at."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef

from encommun.checkin.models import Ticket
from encommun.config import variable
from encommun.foundation import clock
from encommun.invoicing.queries import what_does_not_hold as invoices_that_do_not_hold
from encommun.journal.models import Entry
from encommun.journal.queries import broken_links
from encommun.payment.queries import what_does_not_hold as money_that_does_not_hold
from encommun.registration.models import Booking, Seat
from encommun.registration.queries import what_does_not_hold

#: The worker follows what happens within seconds; when it is this late it is not running.
LATE = timedelta(minutes=10)


def everything_that_is_wrong() -> Iterator[str]:
    """A sentence for each thing that does not hold. Nothing is mended in silence."""
    yield from broken_links()
    yield from what_does_not_hold()
    yield from money_that_does_not_hold()
    yield from invoices_that_do_not_hold()
    yield from _tickets()
    yield from _worker()


def what_the_law_asks_to_say() -> Iterator[str]:
    """A sentence for each fact of the legal notice that is missing (LCEN, article 1-1)."""
    config = settings.CONFIG
    for name in ("publisher", "publication_director", "hosted_by"):
        if not getattr(config, name):
            yield f"{variable(name)} is empty: the legal notice of a public site must say it."


def _tickets() -> Iterator[str]:
    """Confirmed bookings have tickets once the worker has passed; bookings that ended have none in force."""
    settled = clock.now() - LATE
    confirmed = Seat.objects.filter(booking__state=Booking.State.CONFIRMED, booking__confirmed_at__lt=settled)
    in_force = Ticket.objects.filter(seat=OuterRef("pk"), revoked_at=None)
    for code in confirmed.filter(~Exists(in_force)).values_list("code", flat=True):
        yield f"Pass {code} is confirmed and has no ticket."
    ended = (Booking.State.CANCELLED, Booking.State.LAPSED)
    still = Ticket.objects.filter(revoked_at=None, seat__booking__state__in=ended, seat__booking__ended_at__lt=settled)
    gone = Ticket.objects.filter(revoked_at=None, seat__cancelled_at__lt=settled)
    for code in (still | gone).values_list("seat__code", flat=True):
        yield f"Pass {code} has ended and its ticket is still in force."


def _worker() -> Iterator[str]:
    """What happened has been reacted to and chained."""
    waiting = Entry.objects.filter(reacted_at=None, at__lt=clock.now() - LATE).count()
    if waiting:
        yield f"{waiting} entries of the journal wait for more than 10 minutes: is «encommun worker» running?"
