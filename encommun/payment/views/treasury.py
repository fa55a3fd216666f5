"""Where the money of an event stands: overview, movements, what must be looked at, reports and files."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from encommun.events.pages import event_of, render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import Refused
from encommun.payment.commands import answer_stray
from encommun.payment.forms import AnswerForm, LedgerFilterForm
from encommun.payment.models import Stray
from encommun.payment.queries import fees_of, report_of
from encommun.payment.queries.reports import fec_rows, ledger_rows
from encommun.payment.queries.treasury import LedgerFilters, ledger_seen_by, overview_of, stray_seen_by, strays_of
from encommun.payment.rules import answers_of
from encommun.payment.views.files import csv_answer, text_answer

A_PAGE = 50


def treasury(request: HttpRequest, event: str) -> HttpResponse:
    """What came, what is awaited, what waits for somebody; and every movement, searched."""
    found = team_event_of(request, event, Role.REGISTRATION)
    form = LedgerFilterForm(request.GET)
    form.is_valid()
    kept = form.cleaned_data
    filters = LedgerFilters(search=kept.get("q", ""), kind=kept.get("kind", ""), provider=kept.get("provider", ""))
    page = Paginator(ledger_seen_by(request.actor, found, filters), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "payment/treasury/ledger.html", {"form": form, "entries": page, "overview": overview_of(found)})


def strays(request: HttpRequest, event: str) -> HttpResponse:
    """What providers said and that settles nothing by itself."""
    found = team_event_of(request, event, Role.REGISTRATION)
    page = Paginator(strays_of(found), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "payment/treasury/strays.html", {"strays": page})


def stray(request: HttpRequest, event: str, pk: int) -> HttpResponse:
    """One of them, and its answer."""
    found = team_event_of(request, event, Role.REGISTRATION)
    about = stray_seen_by(request.actor, found, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, answers=answers_of(about))
    if request.method == "POST" and form.is_valid():
        try:
            answer, note = Stray.Answer(form.cleaned_data["answer"]), form.cleaned_data["note"]
            answer_stray(about, answer=answer, note=note, actor=request.actor, at=clock.now())
            messages.success(request, _("Your answer is kept."))
            return HttpResponseRedirect(reverse("payment:strays", args=[found.slug]))
        except Refused as refused:
            form.refuse(refused)
    return render(request, "payment/treasury/stray.html", {"stray": about, "form": form}, status=form.status)


def reports(request: HttpRequest, event: str) -> HttpResponse:
    """By day, by way of paying, by pass; and the files for the accounts."""
    found = team_event_of(request, event, Role.REGISTRATION)
    return render(request, "payment/treasury/reports.html", {"report": report_of(found)})


def ledger_file(request: HttpRequest, event: str) -> StreamingHttpResponse:
    """Every movement, for a spreadsheet."""
    found = team_event_of(request, event, Role.REGISTRATION)
    return csv_answer(ledger_rows(found), f"{found.slug}-mouvements.csv")


def fec_file(request: HttpRequest, event: str) -> StreamingHttpResponse:
    """The accounting entries, in the columns of article A47 A-1."""
    found = team_event_of(request, event, Role.REGISTRATION)
    return text_answer(fec_rows(found), f"{found.slug}-FEC-{clock.now():%Y%m%d}.txt")


def fees(request: HttpRequest, event: str) -> HttpResponse:
    """What providers keep of what people pay: for everyone to read."""
    found = event_of(request, event)
    rows = fees_of(found)
    context = {"rows": rows, "received": sum(row.received for row in rows), "fee": sum(row.fee for row in rows)}
    return render(request, "payment/fees.html", context)
