"""Who booked says whom the invoice is for."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.invoicing.models import Billing, Invoice, PurchaseOrder
from encommun.invoicing.refusals import BillingMissing, OrderInvoiced
from encommun.invoicing.rules import clean_body_number
from encommun.journal.commands import record
from encommun.registration.models import Booking
from encommun.registration.rules import may_see_booking


@dataclass(frozen=True, kw_only=True)
class BillingText:
    """Whom the invoice is for."""

    kind: str
    buyer_name: str
    street: str = ""
    postcode: str = ""
    town: str = ""
    siret: str = ""


@transaction.atomic
def give_billing(booking: Booking, asked: BillingText, *, actor: Actor, at: datetime) -> Billing:
    """Keep it, until an invoice is issued: then a credit note is what corrects.

    Raises:
        NotAllowed, OrderInvoiced, BillingMissing, WrongNumber
    """
    booking = Booking.objects.select_for_update(of=("self",)).get(pk=booking.pk)
    require(may_see_booking(actor, booking))
    issued = booking.invoices.filter(kind=Invoice.Kind.INVOICE, credits=None).exists()
    if issued or PurchaseOrder.objects.filter(booking=booking).exists():
        raise OrderInvoiced()
    values = {name: clean_line(value) for name, value in asdict(asked).items()}
    is_person = asked.kind == Billing.Kind.PERSON
    if asked.kind not in Billing.Kind.values or not values["buyer_name"]:
        raise BillingMissing()
    if not is_person and not all(values[name] for name in ("street", "postcode", "town", "siret")):
        raise BillingMissing()
    values["siret"] = "" if is_person else clean_body_number(values["siret"], Billing.Scheme.SIRET)
    billing, _made = Billing.objects.update_or_create(
        booking=booking, defaults=values | {"scheme": Billing.Scheme.SIRET, "given_at": at}
    )
    record("invoicing.billing_given", actor=actor, at=at, event_id=booking.event_id, about=booking, whom=asked.kind)
    return billing
