"""Say under which other name a booking may be paid."""

from encommun.payment.models import Citation
from encommun.payment.providers.transfer.read import squeezed
from encommun.registration.models import Booking

SHORTEST = 6  # signs: what is shorter would be found everywhere


def cite(booking: Booking, name: str) -> None:
    """Keep the number of its invoice, by which public accountants pay; the same twice is once."""
    if len(found := squeezed(name)[:40]) >= SHORTEST:
        Citation.objects.bulk_create([Citation(event_id=booking.event_id, booking=booking, said=found)], ignore_conflicts=True)
