"""Sums of what was invoiced."""

from dataclasses import dataclass

from django.db.models import Q, Sum

from encommun.invoicing.models import Invoice
from encommun.registration.models import Booking


@dataclass(frozen=True, kw_only=True)
class Total:
    """Sums in cents: invoices less credit notes."""

    net_cents: int
    tax_cents: int
    gross_cents: int


def total_of(booking: Booking) -> Total:
    """What a booking was invoiced, less what was credited. One statement."""
    kind = Invoice.Kind
    sums = booking.invoices.aggregate(
        **{
            f"{name}_{part}": Sum(f"{part}_cents", filter=Q(kind=what), default=0)
            for name, what in (("invoiced", kind.INVOICE), ("credited", kind.CREDIT))
            for part in ("net", "tax", "gross")
        }
    )
    parts = {f"{part}_cents": sums[f"invoiced_{part}"] - sums[f"credited_{part}"] for part in ("net", "tax", "gross")}
    return Total(**parts)


def credited_on(invoice: Invoice) -> Total:
    """What credit notes took off an invoice."""
    sums = invoice.credits.aggregate(
        net_cents=Sum("net_cents", default=0), tax_cents=Sum("tax_cents", default=0), gross_cents=Sum("gross_cents", default=0)
    )
    return Total(**sums)


def rest_of(invoice: Invoice) -> int:
    """What is left of an invoice after its credit notes."""
    return invoice.gross_cents - credited_on(invoice).gross_cents
