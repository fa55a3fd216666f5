"""What follows about invoices, after commit: each may run twice without harm."""

import logging
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery

from encommun.foundation.actor import SYSTEM
from encommun.foundation.refusals import Refused
from encommun.invoicing import letters
from encommun.invoicing.commands import credit_invoice, issue_invoice, make_paper, note_step
from encommun.invoicing.models import Invoice, Invoicing, PurchaseOrder, Quote, Step
from encommun.invoicing.queries import rest_of
from encommun.invoicing.refusals import BillingMissing, NothingToInvoice, NotPaidYet
from encommun.journal.models import Entry
from encommun.payment.commands import cite
from encommun.payment.models import Refund
from encommun.payment.queries import balance_of
from encommun.payment.tasks import booking_of
from encommun.registration.models import Booking

log = logging.getLogger("encommun.invoicing")

#: After so many days without what is still to come, or after the due date, the buyer is reminded; then no more.
ORDER_REMINDERS = (7, 21, 35)
DUE_REMINDERS = (3, 17, 31)
QUOTE_REMINDER = timedelta(days=7)  # before a quote ends


def invoice_when_paid(entry: Entry) -> None:
    """Money came: the invoice of a person is made at once; a body first says whom it is for; an order's is marked paid."""
    booking = booking_of(entry)
    if not Invoicing.objects.filter(event=booking.event).exists() or balance_of(booking).missing_cents:
        return
    open_ones = Invoice.objects.filter(booking=booking, kind=Invoice.Kind.INVOICE, prepaid_cents=0).exclude(steps__state="paid")
    for invoice in open_ones:
        if rest_of(invoice):
            note_step(invoice, state=Step.State.PAID, on=entry.at.astimezone(booking.event.zone).date(), actor=SYSTEM, at=entry.at)
    if PurchaseOrder.objects.filter(booking=booking).exists():
        return  # invoiced after service, paid or not
    try:
        issue_invoice(booking, actor=SYSTEM, at=entry.at)
    except (BillingMissing, NothingToInvoice, NotPaidYet):
        return
    except Refused as refused:
        log.warning("no invoice for %s: %s", booking.code, refused.code)


def credit_when_refunded(entry: Entry) -> None:
    """Money went back: a credit note on the invoice, once a refund."""
    booking = booking_of(entry)
    refund = Refund.objects.get(reference=entry.facts["refund"])
    _credit(booking, refund.amount_cents, f"refund:{refund.reference}", "Remboursement", entry.at)


def credit_when_cancelled(entry: Entry) -> None:
    """A booking was cancelled: what was invoiced and never paid is credited; what was paid is, when it goes back."""
    booking = booking_of(entry)
    unpaid = sum(rest_of(invoice) for invoice in booking.invoices.filter(kind=Invoice.Kind.INVOICE))
    unpaid -= max(balance_of(booking).received_cents - balance_of(booking).back_cents, 0)
    if unpaid > 0:
        _credit(booking, unpaid, f"cancelled:{booking.code}:{entry.pk}", "Réservation annulée", entry.at)


def credit_when_seat_cancelled(entry: Entry) -> None:
    """One pass was cancelled: what was invoiced for it and never paid is credited; what was paid is, when it goes back."""
    booking = Booking.objects.select_related("event").get(code=entry.facts["booking"])
    balance = balance_of(booking)
    invoiced = sum(rest_of(invoice) for invoice in booking.invoices.filter(kind=Invoice.Kind.INVOICE))
    unpaid = invoiced - balance.price_cents - balance.to_refund_cents
    if unpaid > 0:
        _credit(booking, unpaid, f"cancelled:{entry.about.rpartition(':')[2]}", "Pass annulé", entry.at)


def _credit(booking: Booking, cents: int, source: str, reason: str, at: datetime) -> None:
    invoices = booking.invoices.filter(kind=Invoice.Kind.INVOICE).order_by("-pk")
    invoice = next((one for one in invoices if rest_of(one)), None)
    if invoice is not None:
        credited = min(cents, rest_of(invoice))
        credit_invoice(invoice, amount_cents=credited, reason=reason, source=source, actor=SYSTEM, at=at)


def cite_invoice(entry: Entry) -> None:
    """Public accountants pay by the number of the invoice: a transfer that says it is known again."""
    cite(booking_of(entry), entry.facts["number"])


def make_papers(entry: Entry) -> None:
    """The files of what was issued, and the letter that brings it."""
    invoice = Invoice.objects.select_related("booking__event").get(booking=booking_of(entry), number=entry.facts["number"])
    make_paper(invoice, at=entry.at)
    letters.invoice_ready(invoice, at=entry.at)


def remind(*, at: datetime, most: int = 200) -> int:
    """The reminders of the day; answer how many were due. Each letter is written once, whatever how often this runs."""
    return _remind_quotes(at, most) + _remind_orders(at, most) + _remind_late(at, most)


def _remind_quotes(at: datetime, most: int) -> int:
    today = at.date()
    due = Quote.objects.filter(booking=None, erased_at=None, valid_until__gte=today, valid_until__lte=today + QUOTE_REMINDER)
    due = due.filter(asked_at__lte=at - QUOTE_REMINDER).select_related("event")[:most]
    return sum(letters.quote_ends(quote, at=at) for quote in due)


def _remind_orders(at: datetime, most: int) -> int:
    due = PurchaseOrder.objects.exclude(demand="", files__isnull=False).filter(  # what is to be copied is for the team to do
        to_come=True,
        booking__state=Booking.State.CONFIRMED,
        booking__invoices=None,
        received_at__lte=at - timedelta(days=ORDER_REMINDERS[0]),
    )
    count = 0
    for order in due.select_related("booking__event")[:most]:
        passed = [days for days in ORDER_REMINDERS if order.received_at <= at - timedelta(days=days)]
        count += letters.order_lacks(order, days=passed[-1], at=at)
    return count


def _remind_late(at: datetime, most: int) -> int:
    last = Step.objects.filter(invoice=OuterRef("pk")).order_by("-pk").values("state")[:1]
    late = Invoice.objects.filter(
        kind=Invoice.Kind.INVOICE,
        is_test=False,
        credits=None,
        due_on__lte=(at - timedelta(days=DUE_REMINDERS[0])).date(),
        booking__order__isnull=False,
    )
    late = late.annotate(state=Subquery(last)).filter(state=Step.State.DEPOSITED)
    count = 0
    for invoice in late.select_related("booking__event", "booking__order").order_by("pk")[:most]:
        passed = [days for days in DUE_REMINDERS if invoice.due_on + timedelta(days=days) <= at.date()]
        count += letters.payment_late(invoice, days=passed[-1], at=at)
    return count


def invoice_orders(*, at: datetime, most: int = 100) -> int:
    """Issue the invoices of purchase orders the day after the gathering; what still lacks something waits."""
    due = PurchaseOrder.objects.filter(
        to_come=False,
        booking__state=Booking.State.CONFIRMED,
        booking__invoices=None,
        booking__event__ends_on__lt=at.date(),
        booking__event__invoicing__isnull=False,
    )
    count = 0
    for order in due.select_related("booking__event").order_by("received_at")[:most]:
        try:
            issue_invoice(order.booking, actor=SYSTEM, at=at)
            count += 1
        except Refused as refused:
            log.warning("no invoice for order %s: %s", order.booking.code, refused.code)
    return count
