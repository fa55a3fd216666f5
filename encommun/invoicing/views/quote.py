"""A quote in a minute, without account; then the order."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import NotFound, Refused
from encommun.invoicing.commands import ask_quote, order_quote
from encommun.invoicing.forms import OrderForm, QuoteForm
from encommun.invoicing.models import Quote
from encommun.invoicing.papers import quote_pdf
from encommun.invoicing.queries import invoicing_of, quote_seen_by
from encommun.invoicing.rules import QUOTE_LINK, may_order
from encommun.invoicing.views.files import pdf_answer
from encommun.journal.commands import once
from encommun.people.addresses import client_address
from encommun.people.commands import count_try
from encommun.people.links import give_link, open_link
from encommun.registration.queries import choices_of
from encommun.registration.rules import BOOKING_LINK


def ask(request: HttpRequest, event: str) -> HttpResponse:
    """How many passes, for whom: the quote is made at once."""
    found = event_of(request, event)
    at = clock.now()
    posted = request.POST if request.method == "POST" else None
    form = QuoteForm(posted, choices=choices_of(found, at), initial={"idempotency_key": str(uuid4())})
    if posted is not None and form.is_valid():
        if form.is_spam:
            return HttpResponseRedirect(reverse("registration:passes", args=[found.slug]))
        try:
            count_try("quote", client_address(request), at=at, most=30, seconds=600)
            code = _asked(request, found, form, at)
        except Refused as refused:
            form.refuse(refused)
        else:
            give_link(request, QUOTE_LINK, code)
            return HttpResponseRedirect(reverse("invoicing:quote", args=[found.slug, code]))
    context = {"form": form, "invoicing": invoicing_of(found)}
    return render(request, "invoicing/quote_new.html", context, status=form.status)


def _asked(request: HttpRequest, event: object, form: QuoteForm, at: object) -> str:
    names = ("body_name", "body_address", "buyer_name", "email")
    asked = {name: form.cleaned_data[name] for name in names} | {"language": request.language}
    wishes = form.wishes()

    def act() -> dict[str, str]:
        return {"code": ask_quote(event, wishes, **asked, actor=request.actor, at=at).code}

    body = {"event": event.pk, **asked, "wishes": [repr(wish) for wish in wishes]}
    answer, _now = once("invoicing.quote", form.key or str(uuid4()), body, at=at, act=act)
    return str(answer["code"])


def quote(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The quote, and what one does with it."""
    found = quote_seen_by(request.actor, event_of(request, event), code)
    return render(request, "invoicing/quote.html", {"quote": found, "may_order": may_order(found, clock.now())})


def link(request: HttpRequest, event: str, code: str, token: str) -> HttpResponse:
    """Open the link of a letter, and go on to the plain address."""
    found = event_of(request, event)
    kept = Quote.objects.filter(event=found, code=read_code(code)).first()
    if kept is None:
        raise NotFound()
    open_link(request, QUOTE_LINK, kept.code, token, kept.link_epoch)
    return HttpResponseRedirect(reverse("invoicing:quote", args=[found.slug, kept.code]))


def pdf(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The quote as a file."""
    found = quote_seen_by(request.actor, event_of(request, event), code)
    return pdf_answer(quote_pdf(found), f"devis-{found.number}.pdf")


def order(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The purchase order: a document, or its numbers."""
    found = quote_seen_by(request.actor, event_of(request, event), code)
    at = clock.now()
    if found.booking_id and not may_order(found, at):
        return HttpResponseRedirect(reverse("invoicing:order", args=[found.event.slug, found.booking.code]))
    posted = request.method == "POST"
    form = OrderForm(request.POST if posted else None, request.FILES if posted else None, initial=OrderForm.of_quote(found))
    if posted and form.is_valid():
        try:
            booking = order_quote(found, form.text(), file=form.sent, actor=request.actor, at=at)
        except Refused as refused:
            form.refuse(refused)
        else:
            give_link(request, BOOKING_LINK, booking.code)
            messages.success(request, _("Your order has arrived and the places are confirmed. Thank you!"))
            return HttpResponseRedirect(reverse("invoicing:order", args=[found.event.slug, booking.code]))
    context = {"form": form, "quote": found, "may_order": may_order(found, at), "total_cents": found.gross_cents}
    return render(request, "invoicing/order_form.html", context, status=form.status)
