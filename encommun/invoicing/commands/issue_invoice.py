"""Issue an invoice, or a credit note: a number is taken and never given back."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from encommun.events.models import Event
from encommun.foundation.actor import Actor, ActorKind
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.invoicing.commands.keep_issuer import series_of
from encommun.invoicing.lines import buyer_of, content_of, lines_of, service_days
from encommun.invoicing.models import Billing, Invoice, Invoicing, Series
from encommun.invoicing.queries.totals import credited_on, rest_of
from encommun.invoicing.refusals import BillingMissing, CreditReasonMissing, NoIssuer, NothingToInvoice, NotPaidYet
from encommun.invoicing.rules import is_complete, is_ready, keeps_invoices, may_credit, net_of, service_is_done
from encommun.journal.commands import record
from encommun.payment.models import Payment
from encommun.payment.queries import balance_of
from encommun.payment.rules import transfer_reference
from encommun.registration.models import Booking
from encommun.registration.rules import may_see_booking
from encommun.ui.dates import day


@transaction.atomic
def issue_invoice(booking: Booking, *, actor: Actor, at: datetime) -> Invoice:
    """Invoice a booking: one that is paid, at once; one with a purchase order, after service.

    Raises:
        NotAllowed, NoIssuer, IssuerIncomplete, NotPaidYet, ServiceNotDone, OrderNotComplete, BillingMissing, NothingToInvoice
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=booking.pk)
    if actor.kind != ActorKind.SYSTEM:
        require(may_see_booking(actor, booking))
    invoicing = _invoicing_of(booking.event)
    former = list(booking.invoices.filter(kind=Invoice.Kind.INVOICE))
    if any(rest_of(invoice) for invoice in former):
        raise NothingToInvoice()
    _check(booking, booking.event, at)
    buyer = buyer_of(booking)
    if buyer["kind"] == Billing.Kind.PERSON and booking.structure and not hasattr(booking, "billing"):
        raise BillingMissing()
    content = content_of(invoicing.issuer, booking.event, lines_of(booking, booking.event), buyer)
    if content["gross_cents"] <= 0:
        raise NothingToInvoice()
    prepaid = min(balance_of(booking).kept_cents, content["gross_cents"])
    paid_on = _paid_on(booking, at) if prepaid == content["gross_cents"] else None
    content |= {"service": service_days(booking.seats.all(), booking.event), "paid_on": paid_on.isoformat() if paid_on else ""}
    content["terms"] = _terms(buyer["kind"], invoicing.issuer.payment_days, paid_on)
    return _write(
        booking,
        invoicing,
        Invoice.Kind.INVOICE,
        content,
        source=f"booking:{booking.code}:{len(former) + 1}",
        days=0 if paid_on else invoicing.issuer.payment_days,
        prepaid_cents=prepaid,
        actor=actor,
        at=at,
    )


@transaction.atomic
def credit_invoice(invoice: Invoice, *, amount_cents: int, reason: str, source: str = "", actor: Actor, at: datetime) -> Invoice:
    """Take a sum off an invoice, or all of it: a credit note that cites it.

    Args:
        source: what it answers to («refund:RF18…»); the same twice is one credit note.

    Raises:
        NotAllowed, TooMuchToCredit, CreditReasonMissing
    """
    booking = Booking.objects.select_for_update(of=("self",)).select_related("event").get(pk=invoice.booking_id)
    if actor.kind != ActorKind.SYSTEM:
        require(keeps_invoices(actor, invoice.event_id))
    if source and (known := Invoice.objects.filter(source=source).first()):
        return known
    reason = clean_line(reason)[:200]
    if not reason:
        raise CreditReasonMissing()
    rest = rest_of(invoice)
    require(may_credit(invoice, amount_cents, rest))
    content = invoice.content | _credited(invoice, amount_cents, rest, reason)
    content |= {
        "corrects": {"number": invoice.number, "on": invoice.issued_on.isoformat()},
        "reason": reason,
        "paid_on": "",
        "terms": f"Avoir sur la facture {invoice.number} du {day(invoice.issued_on)}",
    }
    number = invoice.credits.count() + 1
    return _write(
        booking,
        _invoicing_of(booking.event, invoice),
        Invoice.Kind.CREDIT,
        content,
        source=source or f"credit:{invoice.pk}:{number}",
        days=0,
        corrects=invoice,
        actor=actor,
        at=at,
    )


def _credited(invoice: Invoice, cents: int, rest: int, reason: str) -> dict[str, Any]:
    """The lines and totals of a credit note: those of the invoice when all of it is taken off, or one line."""
    if cents == invoice.gross_cents:
        return {}
    rate = invoice.content["vat"]["rate"]
    net = net_of(cents, rate)
    if cents == rest:  # the last one takes what is left, so that nets and taxes of all of them are the invoice's
        net = invoice.net_cents - credited_on(invoice).net_cents
    line = {"name": f"Avoir partiel : {reason}", "detail": "", "quantity": 1, "unit_cents": cents}
    amounts = {"gross_cents": cents, "net_cents": net, "tax_cents": cents - net}
    return {"lines": [line | amounts]} | amounts


def _invoicing_of(event: Event, invoice: Invoice | None = None) -> Invoicing:
    """Who invoices now; for a credit note, who had issued the invoice."""
    if invoice is not None:
        prefix = invoice.series.prefix.removeprefix("ESSAI-").removesuffix("-F-")
        return Invoicing(event=event, issuer=invoice.issuer, prefix=prefix)
    found = Invoicing.objects.select_related("issuer").filter(event=event).first()
    if found is None:
        raise NoIssuer()
    require(is_complete(found.issuer))
    return found


def _check(booking: Booking, event: Event, at: datetime) -> None:
    order = getattr(booking, "order", None)
    if booking.state != Booking.State.CONFIRMED:
        raise NotPaidYet()
    if order is not None:
        require(is_ready(order), service_is_done(booking, event, at))
    elif balance_of(booking).missing_cents:
        raise NotPaidYet()


def _paid_on(booking: Booking, at: datetime) -> date:
    last = booking.payments.filter(state=Payment.State.PAID).aggregate(at=Max("paid_at"))["at"] or at
    return last.astimezone(booking.event.zone).date()


def _terms(kind: str, days: int, paid_on: date | None) -> str:
    if paid_on:
        return f"Payée le {paid_on:%d/%m/%Y}"
    if kind == Billing.Kind.PUBLIC:
        return f"Paiement à {days} jours, par mandat administratif"
    return f"Paiement à {days} jours"


def _write(
    booking: Booking,
    invoicing: Invoicing,
    kind: Invoice.Kind,
    content: dict[str, Any],
    *,
    source: str,
    days: int,
    prepaid_cents: int = 0,
    corrects: Invoice | None = None,
    actor: Actor,
    at: datetime,
) -> Invoice:
    """The last thing of the transaction: the counter's row stays locked until it ends."""
    content |= {"booking": booking.code, "reference": transfer_reference(booking.code)}
    is_test = booking.is_test
    series = series_of(invoicing, Series.Kind.CREDIT if corrects else Series.Kind.INVOICE, is_test=is_test)
    number, on = Series.objects.next(series.pk, at.astimezone(booking.event.zone).date())
    invoice = Invoice.objects.create(
        issuer=invoicing.issuer,
        series=series,
        sequence=number,
        number=series.numbered(number),
        kind=kind,
        event=booking.event,
        booking=booking,
        corrects=corrects,
        source=source,
        issued_on=on,
        due_on=on + timedelta(days=days),
        net_cents=content["net_cents"],
        tax_cents=content["tax_cents"],
        gross_cents=content["gross_cents"],
        prepaid_cents=prepaid_cents,
        buyer_name=content["buyer"]["name"],
        buyer_siret=content["buyer"].get("siret", ""),
        content=content,
        is_test=is_test,
        made_at=at,
    )
    what = "credit_issued" if corrects else "invoice_issued"
    facts = {"number": invoice.number, "gross_cents": invoice.gross_cents, "test": is_test}
    record(f"invoicing.{what}", actor=actor, at=at, event_id=booking.event_id, about=booking, **facts)
    return invoice
