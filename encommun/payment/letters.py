"""Letters about money."""

from encommun.journal.models import Entry
from encommun.payment.models import Payment, TransferAccount
from encommun.payment.rules import in_groups, transfer_reference
from encommun.payment.tasks import booking_of
from encommun.registration.letters import write_to_buyer
from encommun.registration.models import Booking
from encommun.registration.rules import TRANSFER_DAYS


def ask_to_pay(entry: Entry) -> None:
    """Passes are held: how to pay for them, and the booking's link."""
    booking = booking_of(entry)
    if booking.state != Booking.State.HELD:
        return
    context = {
        "account": TransferAccount.objects.filter(event=booking.event).first(),
        "reference": in_groups(transfer_reference(booking.code)),
        "days": TRANSFER_DAYS,
    }
    write_to_buyer(booking, "payment/letters/to_pay", at=entry.at, dedupe=booking.code, **context)


def tell_refund(entry: Entry) -> None:
    """Money went back: how much, and why."""
    booking = booking_of(entry)
    payment = Payment.objects.get(reference=entry.facts["payment"])
    without_place = booking.state != Booking.State.CANCELLED
    context = {"amount": payment.amount_cents, "without_place": without_place, "payment": payment}
    write_to_buyer(booking, "payment/letters/refunded", at=entry.at, dedupe=payment.reference, **context)
