"""What is held about people who ask for quotes, order and are invoiced."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from encommun.foundation.holdings import Holding, Kept, Subject
from encommun.invoicing.models import Billing, Invoice, PurchaseOrder, Quote
from encommun.registration.personal_data import ACCOUNTING_YEARS
from encommun.registration.rules import BOOKING_LINK

QUOTES_LIVE = timedelta(days=365)
QUOTE_LINK = "invoicing.quote"


def _codes(subject: Subject, purpose: str) -> set[str]:
    return {code for kind, code in subject.links if kind == purpose}


def _of_bookings(subject: Subject) -> Q:
    mine = Q(booking__email__in=subject.emails) | Q(booking__code__in=_codes(subject, BOOKING_LINK))
    if subject.account_id is not None:
        mine |= Q(booking__account_id=subject.account_id)
    return mine


def _quotes(subject: Subject) -> Iterable[Quote]:
    mine = Q(email__in=subject.emails) | Q(code__in=_codes(subject, QUOTE_LINK))
    return Quote.objects.filter(mine, erased_at=None).select_related("event", "booking").order_by("pk")


def _export_quote(quote: Quote) -> dict[str, Any]:
    return {
        "number": quote.number,
        "event": quote.event.name,
        "name": quote.buyer_name,
        "email": quote.email,
        "structure": quote.body_name,
        "total_cents": quote.gross_cents,
        "asked_at": quote.asked_at.isoformat(),
    }


def _erase_quotes(subject: Subject, *, at: datetime) -> list[Kept]:
    """Names and addresses go; the number and the amount stay."""
    _blank(Quote.objects.filter(pk__in=[quote.pk for quote in _quotes(subject)]), at)
    return []


def _purge_quotes(*, at: datetime) -> int:
    """Quotes lose their names a year after the gathering."""
    return _blank(Quote.objects.filter(erased_at=None, event__ends_on__lt=(at - QUOTES_LIVE).date()), at)


def _blank(quotes: Any, at: datetime) -> int:
    count = 0
    for quote in quotes:
        buyer = quote.content["buyer"] | {"name": "", "street": ""}
        quote.content = quote.content | {"buyer": buyer}
        quote.buyer_name = quote.email = quote.body_name = quote.body_address = ""
        quote.erased_at, quote.link_epoch = at, quote.link_epoch + 1
        quote.save()
        count += 1
    return count


def _invoices(subject: Subject) -> Iterable[Invoice]:
    return Invoice.objects.filter(_of_bookings(subject)).select_related("event", "booking").order_by("pk")


def _export_invoice(invoice: Invoice) -> dict[str, Any]:
    return {
        "number": invoice.number,
        "event": invoice.event.name,
        "issued_on": invoice.issued_on.isoformat(),
        "gross_cents": invoice.gross_cents,
        "buyer": invoice.content["buyer"],
    }


def _keep_invoices(subject: Subject, *, at: datetime) -> list[Kept]:
    """Accounts are kept: the law says for how long."""
    return [
        Kept(
            what=_("Your name on invoice {number}").format(number=invoice.number),
            why=_("Accounts are kept for ten years (code de commerce, article L123-22)."),
            until=_("31 December {year}").format(year=invoice.issued_on.year + ACCOUNTING_YEARS),
        )
        for invoice in _invoices(subject)
    ]


def _billings(subject: Subject) -> Iterable[Billing]:
    return Billing.objects.filter(_of_bookings(subject)).select_related("booking__event").order_by("pk")


def _export_billing(billing: Billing) -> dict[str, Any]:
    names = ("kind", "buyer_name", "siret", "street", "postcode", "town")
    return {"booking": billing.booking.code} | {name: getattr(billing, name) for name in names}


def _erase_billings(subject: Subject, *, at: datetime) -> list[Kept]:
    """With an order or an invoice they are accounts; without, they go."""
    kept = []
    for billing in _billings(subject):
        if billing.booking.invoices.exists() or PurchaseOrder.objects.filter(booking=billing.booking).exists():
            kept.append(
                Kept(
                    what=_("Whom booking {code} is invoiced to").format(code=billing.booking.code),
                    why=_("Accounts are kept for ten years (code de commerce, article L123-22)."),
                    until=_("31 December {year}").format(year=billing.given_at.year + ACCOUNTING_YEARS),
                )
            )
        else:
            billing.delete()
    return kept


def _orders(subject: Subject) -> Iterable[PurchaseOrder]:
    mine = _of_bookings(subject) | Q(accounting_email__in=subject.emails)
    return PurchaseOrder.objects.filter(mine).select_related("booking__event").order_by("pk")


def _export_order(order: PurchaseOrder) -> dict[str, Any]:
    names = ("demand", "service_code", "engagement", "market", "order_number", "accounting_email")
    files = [file.name for file in order.files.defer("content")]
    return {"booking": order.booking.code, "files": files} | {name: getattr(order, name) for name in names}


def _erase_orders(subject: Subject, *, at: datetime) -> list[Kept]:
    """The address of the accounts goes with who holds it; the order itself is part of the accounts."""
    PurchaseOrder.objects.filter(pk__in=[order.pk for order in _orders(subject)]).filter(
        accounting_email__in=subject.emails
    ).update(accounting_email="")
    return [
        Kept(
            what=_("The purchase order of booking {code}").format(code=order.booking.code),
            why=_("Accounts are kept for ten years (code de commerce, article L123-22)."),
            until=_("31 December {year}").format(year=order.received_at.year + ACCOUNTING_YEARS),
        )
        for order in PurchaseOrder.objects.filter(_of_bookings(subject)).select_related("booking").order_by("pk")
    ]


HOLDINGS = [
    Holding(
        model="invoicing.Quote",
        fields={
            "buyer_name": gettext_lazy("to address the quote"),
            "email": gettext_lazy("to send the quote and its link"),
        },
        purpose=gettext_lazy("Make a quote"),
        basis="6.1.b",
        keeps=gettext_lazy("erased on request, and a year after the gathering"),
        find=_quotes,
        export=_export_quote,
        erase=_erase_quotes,
        purge=_purge_quotes,
        also=("body_name", "body_address", "language", "code"),
        heading=gettext_lazy("Your quotes"),
        title=lambda quote: f"{quote.event.name} · {quote.number}",
        address=lambda quote: reverse("invoicing:quote", args=[quote.event.slug, quote.code]),
    ),
    Holding(
        model="invoicing.Billing",
        fields={
            "buyer_name": gettext_lazy("to invoice whom it is for"),
            "siret": gettext_lazy("to invoice a body"),
        },
        purpose=gettext_lazy("Invoice a booking"),
        basis="6.1.c",
        keeps=gettext_lazy("with an order or an invoice: ten years, as the law asks for accounts; without: erased on request"),
        find=_billings,
        export=_export_billing,
        erase=_erase_billings,
        also=("street", "postcode", "town"),
        heading=gettext_lazy("Whom we invoice"),
        title=lambda billing: f"{billing.booking.event.name} · {billing.booking.code}",
        address=lambda billing: reverse("invoicing:invoices", args=[billing.booking.event.slug, billing.booking.code]),
    ),
    Holding(
        model="invoicing.PurchaseOrder",
        fields={"accounting_email": gettext_lazy("to write about a late payment; optional")},
        purpose=gettext_lazy("Receive a purchase order"),
        basis="6.1.c",
        keeps=gettext_lazy("ten years, as the law asks for accounts"),
        find=_orders,
        export=_export_order,
        erase=_erase_orders,
        heading=gettext_lazy("Your purchase orders"),
        title=lambda order: f"{order.booking.event.name} · {order.booking.code}",
        address=lambda order: reverse("invoicing:order", args=[order.booking.event.slug, order.booking.code]),
    ),
    Holding(
        model="invoicing.Invoice",
        fields={
            "buyer_name": gettext_lazy("the law asks for it on an invoice"),
            "buyer_siret": gettext_lazy("the law asks for it on an invoice"),
        },
        purpose=gettext_lazy("Issue invoices and keep them"),
        basis="6.1.c",
        keeps=gettext_lazy("ten years, as the law asks for accounts"),
        find=_invoices,
        export=_export_invoice,
        erase=_keep_invoices,
        also=("content",),
        heading=gettext_lazy("Your invoices"),
        title=lambda invoice: f"{invoice.event.name} · {invoice.number}",
        address=lambda invoice: reverse("invoicing:invoice_pdf", args=[invoice.event.slug, invoice.number]),
    ),
]
