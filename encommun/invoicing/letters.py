"""Letters about quotes, orders and invoices. Each is written once."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from encommun.foundation.signing import link_token
from encommun.foundation.text import harmless
from encommun.invoicing.models import Invoice, Paper, PurchaseOrder, Quote
from encommun.invoicing.papers import quote_pdf
from encommun.invoicing.rules import QUOTE_LINK, is_to_copy, what_lacks
from encommun.journal.models import Entry
from encommun.mailing.commands import File, write_letter
from encommun.mailing.models import Letter
from encommun.payment.tasks import booking_of
from encommun.registration.letters import booking_link


def quote_link(quote: Quote) -> str:
    """The secret address by which who asked finds the quote again."""
    token = link_token(QUOTE_LINK, quote.code, quote.link_epoch)
    path = reverse("invoicing:quote_link", args=[quote.event.slug, quote.code, token])
    prefix = "" if quote.language == settings.LANGUAGE_CODE else f"/{quote.language}"
    return f"{settings.CONFIG.base_url}{path if prefix and path.startswith(f'{prefix}/') else prefix + path}"


def quote_ready(entry: Entry) -> None:
    """The quote, with its PDF and the link by which it is ordered."""
    quote = Quote.objects.select_related("event").get(code=entry.about.rpartition(":")[2])
    if quote.email:
        file = File(name=f"devis-{quote.number}.pdf", content_type="application/pdf", content=quote_pdf(quote))
        _write_quote(quote, "invoicing/letters/quote", at=entry.at, files=(file,))


def quote_ends(quote: Quote, *, at: datetime) -> int:
    """A quote ends soon and was not ordered."""
    return _write_quote(quote, "invoicing/letters/quote_ends", at=at)


def _write_quote(quote: Quote, template: str, *, at: datetime, files: tuple[File, ...] = ()) -> int:
    if Letter.objects.filter(dedupe=f"{template.replace('/letters/', '.')}:{quote.code}").exists():
        return 0
    context = {"event": quote.event, "quote": quote, "name": harmless(quote.buyer_name), "link": quote_link(quote)}
    write_letter(
        template,
        to=quote.email,
        language=quote.language,
        at=at,
        dedupe=quote.code,
        event_id=quote.event_id,
        context=context,
        files=files,
    )
    return 1


def order_received(entry: Entry) -> None:
    """The order came: the seats are confirmed, and what follows until the payment."""
    booking = booking_of(entry)
    order = PurchaseOrder.objects.get(booking=booking)
    lacks = "" if is_to_copy(order) else _lacks(order, booking.language)
    _write(booking, "order_received", at=entry.at, dedupe=booking.code, order=order, lacks=lacks)


def order_lacks(order: PurchaseOrder, *, days: int, at: datetime) -> int:
    """Something that the accountant demands is still to come."""
    booking = order.booking
    return _write(
        booking, "order_lacks", at=at, dedupe=f"{booking.code}:{days}", order=order, lacks=_lacks(order, booking.language)
    )


def invoice_ready(invoice: Invoice, *, at: datetime) -> None:
    """An invoice or a credit note, with its file."""
    paper = Paper.objects.get(invoice=invoice)
    file = File(name=f"{invoice.number}.pdf", content_type="application/pdf", content=bytes(paper.factur_x))
    order = PurchaseOrder.objects.filter(booking=invoice.booking).first()
    _write(invoice.booking, "invoice", at=at, dedupe=invoice.number, invoice=invoice, order=order, files=(file,))


def payment_late(invoice: Invoice, *, days: int, at: datetime) -> int:
    """A deposited invoice is past its due date: to who booked, and to the accounting contact that was given."""
    booking, order = invoice.booking, invoice.booking.order
    done = _write(booking, "late", at=at, dedupe=f"{invoice.number}:{days}", invoice=invoice, order=order)
    if done and order.accounting_email and order.accounting_email != booking.email:
        context = {"event": booking.event, "booking": booking, "invoice": invoice, "order": order, "name": "", "link": ""}
        write_letter(
            "invoicing/letters/late",
            to=order.accounting_email,
            language="fr",
            at=at,
            dedupe=f"{invoice.number}:{days}:accounting",
            event_id=booking.event_id,
            context=context,
        )
    return done


def _write(booking: Any, name: str, *, at: datetime, dedupe: str, files: tuple[File, ...] = (), **context: Any) -> int:
    """One letter to who booked; how many were written now."""
    if not booking.email or Letter.objects.filter(dedupe=f"invoicing.{name}:{dedupe}").exists():
        return 0
    given = {"event": booking.event, "booking": booking, "name": harmless(booking.name), "link": booking_link(booking)}
    write_letter(
        f"invoicing/letters/{name}",
        to=booking.email,
        language=booking.language,
        at=at,
        dedupe=dedupe,
        event_id=booking.event_id,
        context=given | context,
        files=files,
    )
    return 1


def _lacks(order: PurchaseOrder, language: str) -> str:
    with translation.override(language):
        return what_lacks(order)
