"""Invoices, orders and quotes, for those who keep the money."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.money import as_decimal
from encommun.foundation.refusals import NotFound, Refused
from encommun.invoicing.commands import credit_invoice, issue_invoice, note_step, replace_invoice
from encommun.invoicing.forms import (
    STAGE_WORDS,
    CreditForm,
    InvoiceFilterForm,
    OrderFilterForm,
    OrderForm,
    QuoteFilterForm,
    ReplaceForm,
    StepForm,
)
from encommun.invoicing.models import Billing, Invoice, Step
from encommun.invoicing.papers import sheet_pdf
from encommun.invoicing.queries import (
    Filters,
    deposit_values,
    figures_of,
    invoice_seen_by,
    invoices_seen_by,
    invoicing_of,
    order_of,
    orders_seen_by,
    quotes_seen_by,
    rest_of,
    stage_of,
)
from encommun.invoicing.rules import NEXT, may_replace, siret_in_groups
from encommun.invoicing.tables import KINDS, archive, rows_of, table
from encommun.invoicing.views.files import file_answer, pdf_answer
from encommun.registration.queries import booking_seen_by

A_PAGE = 50


def _team(request: HttpRequest, event: str) -> Event:
    return team_event_of(request, event, Role.REGISTRATION)


def _invoice(request: HttpRequest, event: str, number: str) -> Invoice:
    return invoice_seen_by(request.actor, _team(request, event), number)


def _filtered(form: Any) -> Filters:
    form.is_valid()
    kept = form.cleaned_data
    return Filters(search=kept.get("q", ""), state=kept.get("state", ""), kind=kept.get("kind", ""))


def invoices(request: HttpRequest, event: str) -> HttpResponse:
    """Every invoice and credit note."""
    found = _team(request, event)
    form = InvoiceFilterForm(request.GET)
    page = Paginator(invoices_seen_by(request.actor, found, _filtered(form)), A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "invoices": page, "figures": figures_of(found), "invoicing": invoicing_of(found)}
    return render(request, "invoicing/team/list.html", context)


def orders(request: HttpRequest, event: str) -> HttpResponse:
    """Purchase orders, and how far each is."""
    found = _team(request, event)
    form = OrderFilterForm(request.GET)
    is_over = clock.now().astimezone(found.zone).date() >= found.ends_on
    rows = orders_seen_by(request.actor, found, _filtered(form), is_over=is_over)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    for order in page.object_list:
        order.stage = stage_of(order, is_over=is_over)
        order.stage_words = STAGE_WORDS[order.stage]
        order.number = siret_in_groups(order.booking.billing.siret)
    return render(request, "invoicing/team/orders.html", {"form": form, "orders": page, "figures": figures_of(found)})


def quotes(request: HttpRequest, event: str) -> HttpResponse:
    """Quotes, and which became orders."""
    found = _team(request, event)
    form = QuoteFilterForm(request.GET)
    page = Paginator(quotes_seen_by(request.actor, found, _filtered(form)), A_PAGE).get_page(request.GET.get("page"))
    today = clock.now().astimezone(found.zone).date()
    return render(request, "invoicing/team/quotes.html", {"form": form, "quotes": page, "today": today})


def export(request: HttpRequest, event: str, kind: str) -> HttpResponse:
    """The list as it is filtered: a table, or the files themselves in an archive."""
    found = _team(request, event)
    chosen = invoices_seen_by(request.actor, found, _filtered(InvoiceFilterForm(request.GET)))
    if kind == "zip":
        return file_answer(archive(chosen.select_related("paper"), at=clock.now()), f"{found.slug}-factures.zip", "application/zip")
    if kind not in KINDS:
        raise NotFound()
    content = table(kind, rows_of(chosen.iterator(chunk_size=500)))
    return file_answer(content, f"{found.slug}-factures.{kind}", KINDS[kind])


@require_POST
def issue(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Invoice a booking now."""
    booking = booking_seen_by(request.actor, _team(request, event), code)
    try:
        made = issue_invoice(booking, actor=request.actor, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return HttpResponseRedirect(reverse("registration:team_booking", args=[booking.event.slug, booking.code]))
    messages.success(request, _("Invoice {number} is issued.").format(number=made.number))
    return _to_invoice(made)


def invoice(request: HttpRequest, event: str, number: str) -> HttpResponse:
    """One invoice, what became of it, and what can be done."""
    found = _invoice(request, event, number)
    return _page(request, found, _step_form(found), _credit_form(found))


def _page(request: HttpRequest, found: Invoice, step_form: StepForm, credit_form: CreditForm) -> HttpResponse:
    context = {
        "invoice": found,
        "buyer": found.content["buyer"],
        "buyer_number": siret_in_groups(found.buyer_siret),
        "steps": list(found.steps.all()),
        "credits": list(found.credits.order_by("pk")),
        "rest_cents": 0 if found.is_credit else rest_of(found),
        "order": order_of(found.booking),
        "step_form": step_form,
        "credit_form": credit_form,
        "may_replace": may_replace(found) is True,
        "is_rejected": bool(found.steps.last() and found.steps.last().state == Step.State.REJECTED),
        "may_step": bool(_next(found)) and (found.is_credit or bool(found.due_cents)),
    }
    status = max(step_form.status, credit_form.status)
    return render(request, "invoicing/team/invoice.html", context, status=status)


def _next(found: Invoice) -> tuple[str, ...]:
    last = found.steps.last()
    return NEXT[last.state if last else ""]


def _step_form(found: Invoice, data: Any = None) -> StepForm:
    today = clock.now().astimezone(found.event.zone).date()
    through = Step.Through.CHORUS if found.content["buyer"]["kind"] == Billing.Kind.PUBLIC else Step.Through.MAIL
    return StepForm(data, states=_next(found), today=today, through=through)


def _credit_form(found: Invoice, data: Any = None) -> CreditForm:
    return CreditForm(data, initial={"amount": as_decimal(0 if found.is_credit else rest_of(found))})


@require_POST
def step(request: HttpRequest, event: str, number: str) -> HttpResponse:
    """Note what became of it."""
    found = _invoice(request, event, number)
    form = _step_form(found, request.POST)
    if form.is_valid():
        try:
            note_step(found, **form.cleaned_data, actor=request.actor, at=clock.now())
            messages.success(request, _("Noted."))
            return _to_invoice(found)
        except Refused as refused:
            form.refuse(refused)
    return _page(request, found, form, _credit_form(found))


@require_POST
def credit(request: HttpRequest, event: str, number: str) -> HttpResponse:
    """Issue a credit note."""
    found = _invoice(request, event, number)
    form = _credit_form(found, request.POST)
    if form.is_valid():
        try:
            given = {"amount_cents": form.amount_cents, "reason": form.cleaned_data["reason"]}
            made = credit_invoice(found, **given, actor=request.actor, at=clock.now())
            messages.success(request, _("Credit note {number} is issued.").format(number=made.number))
            return _to_invoice(found)
        except Refused as refused:
            form.refuse(refused)
    return _page(request, found, _step_form(found), form)


def replace(request: HttpRequest, event: str, number: str) -> HttpResponse:
    """Correct the order of an invoice that was rejected, and issue another."""
    found = _invoice(request, event, number)
    kept = order_of(found.booking)
    if kept is None or not may_replace(found):
        raise NotFound()
    last = found.steps.last()
    first = OrderForm.of(kept) | {"reason": last.reason[:200] if last else ""}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReplaceForm(*sent, initial=first, has_file=bool(kept.papers))
    if request.method == "POST" and form.is_valid():
        try:
            given = {"reason": form.cleaned_data["reason"], "file": form.sent}
            made = replace_invoice(found, form.text(), **given, actor=request.actor, at=clock.now())
            messages.success(request, _("Invoice {number} is issued.").format(number=made.number))
            return _to_invoice(made)
        except Refused as refused:
            form.refuse(refused)
    context = {"invoice": found, "form": form, "rest_cents": rest_of(found), "email": found.booking.email}
    return render(request, "invoicing/team/replace.html", context, status=form.status)


def deposit(request: HttpRequest, event: str, number: str) -> HttpResponse:
    """The deposit sheet: the exact values."""
    found = _invoice(request, event, number)
    return render(request, "invoicing/team/deposit.html", {"invoice": found, "groups": deposit_values(found)})


def deposit_pdf(request: HttpRequest, event: str, number: str) -> HttpResponse:
    """The same on paper."""
    found = _invoice(request, event, number)
    today = clock.now().astimezone(found.event.zone).date()
    return pdf_answer(sheet_pdf(found, deposit_values(found), on=today), f"depot-{found.number}.pdf")


def _to_invoice(found: Invoice) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("invoicing:team_invoice", args=[found.event.slug, found.number]))
