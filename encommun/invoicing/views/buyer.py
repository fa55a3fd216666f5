"""Who booked: the order, and the invoices."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import NotFound, Refused
from encommun.invoicing.commands import correct_order, give_billing, issue_invoice, make_paper, order_booking
from encommun.invoicing.forms import BillingForm, OrderForm
from encommun.invoicing.models import Billing, OrderFile
from encommun.invoicing.queries import invoice_seen_by, invoices_of, invoicing_of, order_of
from encommun.invoicing.rules import is_to_copy, may_correct_order, siret_in_groups, what_lacks
from encommun.invoicing.views.files import file_answer, pdf_answer
from encommun.registration.models import Booking
from encommun.registration.queries import booking_seen_by


def order(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The order of a booking, given now, or looked at and completed."""
    booking = booking_seen_by(request.actor, event_of(request, event), code)
    kept = order_of(booking)
    if kept is None and (booking.state != Booking.State.HELD or not invoicing_of(booking.event)):
        raise NotFound()
    posted = request.method == "POST"
    first = OrderForm.of(kept) if kept else {"buyer_name": booking.structure}
    has_file = kept is not None and bool(kept.papers)
    form = OrderForm(request.POST if posted else None, request.FILES if posted else None, initial=first, has_file=has_file)
    if posted and form.is_valid():
        try:
            given = {"file": form.sent, "actor": request.actor, "at": clock.now()}
            if kept is None:
                order_booking(booking, form.text(), **given)
                messages.success(request, _("Your order has arrived and the places are confirmed. Thank you!"))
            else:
                correct_order(kept, form.text(), **given)
                messages.success(request, _("Your order is up to date. Thank you!"))
            return HttpResponseRedirect(request.path)
        except Refused as refused:
            form.refuse(refused)
    if kept is None:
        context = {"form": form, "booking": booking, "may_order": True, "total_cents": booking.total_cents}
        return render(request, "invoicing/order_form.html", context, status=form.status)
    context = {
        "form": form,
        "booking": booking,
        "order": kept,
        "invoices": invoices_of(booking),
        "lacks": what_lacks(kept),
        "to_copy": is_to_copy(kept),
        "may_correct": may_correct_order(request.actor, kept),
        "number": siret_in_groups(booking.billing.siret),
    }
    return render(request, "invoicing/order.html", context, status=form.status)


def file(request: HttpRequest, event: str, code: str, number: int) -> HttpResponse:
    """The document that was sent, for who sent it and for the team."""
    booking = booking_seen_by(request.actor, event_of(request, event), code)
    kept = OrderFile.objects.filter(order__booking=booking, pk=number).first()
    if kept is None:
        raise NotFound()
    return file_answer(bytes(kept.content), kept.name, kept.content_type)


def invoices(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The invoices of a booking; whom the next one is for."""
    booking = booking_seen_by(request.actor, event_of(request, event), code)
    if not invoicing_of(booking.event) or not booking.total_cents:
        raise NotFound()
    made = invoices_of(booking)
    billing = Billing.objects.filter(booking=booking).first()
    names = ("kind", "buyer_name", "street", "postcode", "town", "siret")
    first = {name: getattr(billing, name) for name in names} if billing else {}
    first = first or {"kind": "body" if booking.structure else "person", "buyer_name": booking.structure or booking.name}
    form = BillingForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            give_billing(booking, form.text(), actor=request.actor, at=clock.now())
            _issue(request, booking)
            return HttpResponseRedirect(reverse("invoicing:invoices", args=[booking.event.slug, booking.code]))
        except Refused as refused:
            form.refuse(refused)
    context = {"booking": booking, "invoices": made, "form": form, "billing": billing, "order": order_of(booking)}
    return render(request, "invoicing/invoices.html", context, status=form.status)


def _issue(request: HttpRequest, booking: Booking) -> None:
    """At once when it is paid; otherwise with the payment."""
    if booking.state != Booking.State.CONFIRMED:
        messages.success(request, _("Noted. The invoice is made when the payment arrives."))
        return
    issue_invoice(booking, actor=request.actor, at=clock.now())
    messages.success(request, _("Your invoice is made. It also comes by e-mail."))


def pdf(request: HttpRequest, event: str, number: str) -> HttpResponse:
    """An invoice as a file: the Factur-X, or with «?simple» the plain PDF."""
    invoice = invoice_seen_by(request.actor, event_of(request, event), number)
    paper = make_paper(invoice, at=clock.now())
    if "simple" in request.GET:
        return pdf_answer(bytes(paper.plain), f"{invoice.number}-simple.pdf")
    return pdf_answer(bytes(paper.factur_x), f"{invoice.number}.pdf")
