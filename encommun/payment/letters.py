"""Letters about money."""

from encommun.journal.models import Entry
from encommun.payment.models import Payment, Refund, TransferAccount
from encommun.payment.queries import ways_of
from encommun.payment.rules import ONLINE, in_groups, transfer_reference
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
        "cheque": ways_of(booking.event)[Payment.Provider.CHEQUE],
        "reference": in_groups(transfer_reference(booking.code)),
        "days": TRANSFER_DAYS,
    }
    write_to_buyer(booking, "payment/letters/to_pay", at=entry.at, dedupe=booking.code, **context)


def tell_refund(entry: Entry) -> None:
    """Money went back: how much, and why."""
    booking = booking_of(entry)
    refund = Refund.objects.select_related("payment").get(reference=entry.facts["refund"])
    without_place = refund.why in (Refund.Why.NO_PLACE, Refund.Why.TWICE)
    context = {"amount": refund.amount_cents, "without_place": without_place, "refund": refund}
    write_to_buyer(booking, "payment/letters/refunded", at=entry.at, dedupe=refund.reference, **context)


def tell_no_place(entry: Entry) -> None:
    """A payment came when the places were gone, or a second time: at once, that it goes back and that one is sorry."""
    booking = booking_of(entry)
    payment = Payment.objects.get(reference=entry.facts["payment"])
    twice = entry.facts["why"] == "already_confirmed"
    by_itself = payment.provider in ONLINE
    context = {"amount": payment.received_cents, "twice": twice, "by_itself": by_itself, "payment": payment}
    write_to_buyer(booking, "payment/letters/no_place", at=entry.at, dedupe=payment.reference, **context)


def tell_part(entry: Entry) -> None:
    """A part of the price came: what is still missing."""
    booking = booking_of(entry)
    if booking.state != Booking.State.HELD:
        return
    from encommun.payment.queries import balance_of

    context = {
        "amount": entry.facts["amount_cents"],
        "missing": balance_of(booking).missing_cents,
        "reference": in_groups(transfer_reference(booking.code)),
    }
    write_to_buyer(booking, "payment/letters/part", at=entry.at, dedupe=entry.facts["payment"], **context)
