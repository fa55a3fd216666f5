"""Make the files of an invoice, once; they are kept as they were."""

import hashlib
from datetime import datetime

from django.db import transaction

from encommun.invoicing.models import Invoice, Paper
from encommun.invoicing.papers import factur_x_pdf, invoice_pdf
from encommun.registration.models import Booking


@transaction.atomic
def make_paper(invoice: Invoice, *, at: datetime) -> Paper:
    """The files; those that were made before, if they were."""
    Booking.objects.select_for_update(of=("self",)).get(pk=invoice.booking_id)
    if kept := Paper.objects.filter(invoice=invoice).first():
        return kept
    mixed, plain = factur_x_pdf(invoice), invoice_pdf(invoice)
    digest = hashlib.sha256(mixed).hexdigest()
    return Paper.objects.create(invoice=invoice, factur_x=mixed, plain=plain, digest=digest, made_at=at)
