"""An invoice was rejected: a credit note, the order corrected, another invoice, in one go."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.invoicing.commands.issue_invoice import credit_invoice, issue_invoice
from encommun.invoicing.commands.receive_order import OrderText, SentFile, correct_order
from encommun.invoicing.models import Invoice
from encommun.invoicing.queries.totals import rest_of
from encommun.invoicing.rules import keeps_invoices, may_replace
from encommun.registration.models import Booking


@transaction.atomic
def replace_invoice(
    invoice: Invoice, asked: OrderText, *, reason: str, file: SentFile | None = None, actor: Actor, at: datetime
) -> Invoice:
    """Credit what is left of an invoice of a purchase order, correct the order, and issue another: both documents stay for ever.

    Raises:
        NotAllowed, StepNotPossible: it is paid, or credited already.
        CreditReasonMissing, OrderNotComplete, DemandNotMet, WrongNumber, BillingMissing
    """
    Booking.objects.select_for_update(of=("self",)).get(pk=invoice.booking_id)
    require(keeps_invoices(actor, invoice.event_id), may_replace(invoice))
    credit_invoice(invoice, amount_cents=rest_of(invoice), reason=reason, actor=actor, at=at)
    order = correct_order(invoice.booking.order, asked, file=file, actor=actor, at=at)
    return issue_invoice(order.booking, actor=actor, at=at)
