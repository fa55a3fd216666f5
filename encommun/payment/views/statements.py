"""Statements of the bank: bring one in, look at it, keep it; then say what each credit pays."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import Refused
from encommun.payment.commands import drop_statement, keep_statement, leave_line_aside, match_line, read_statement
from encommun.payment.forms import AsideForm, StatementForm
from encommun.payment.models import Payment, StatementLine
from encommun.payment.queries.proposals import proposals_for
from encommun.payment.queries.treasury import awaited, is_open, line_of, lines_of, statement_of
from encommun.registration.models import Booking

A_PAGE = 50
MOST_FOUND = 20


def statements(request: HttpRequest, event: str) -> HttpResponse:
    """Bring in a file; and the credits that pay nothing yet, each with what it may pay."""
    found = team_event_of(request, event, Role.REGISTRATION)
    form = StatementForm(request.POST or None, request.FILES or None) if request.method == "POST" else StatementForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            read = read_statement(found, file_name=file.name, content=file.read(), actor=request.actor, at=clock.now())
            return HttpResponseRedirect(reverse("payment:statement", args=[found.slug, read.pk]))
        except Refused as refused:
            form.refuse(refused, "file")
    shows_all = request.GET.get("tout") == "1"
    lines = lines_of(found) if shows_all else lines_of(found).filter(is_open)
    page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
    _propose(found, list(page.object_list))
    context = {"form": form, "lines": page, "shows_all": shows_all}
    return render(request, "payment/treasury/statements.html", context, status=form.status)


def _propose(event: Event, lines: list[StatementLine]) -> None:
    proposals = proposals_for(event, lines)
    for line in lines:
        line.proposals = proposals[line.pk]


def statement(request: HttpRequest, event: str, pk: int) -> HttpResponse:
    """What a file says, before it is kept."""
    found = team_event_of(request, event, Role.REGISTRATION)
    read = statement_of(found, pk)
    if request.method == "POST":
        return _decide(request, found, read)
    known = set(StatementLine.objects.filter(event=found).values_list("key", flat=True))
    lines = [line | {"is_known": line["key"] in known} for line in read.read.get("lines", [])]
    new = [line for line in lines if not line["is_known"]]
    context = {"statement": read, "lines": lines, "new": len(new), "new_cents": sum(line["amount_cents"] for line in new)}
    return render(request, "payment/treasury/statement.html", context)


def _decide(request: HttpRequest, event: Event, read: object) -> HttpResponse:
    if request.POST.get("decide") == "drop":
        drop_statement(read, actor=request.actor)
        messages.success(request, _("Nothing was kept of this file."))
    else:
        count = keep_statement(read, actor=request.actor, at=clock.now())
        said = ngettext("{n} new credit is kept.", "{n} new credits are kept.", count)
        messages.success(request, said.format(n=count))
    return HttpResponseRedirect(reverse("payment:statements", args=[event.slug]))


def line(request: HttpRequest, event: str, pk: int) -> HttpResponse:
    """A credit: what it may pay, and the search for another booking."""
    found = team_event_of(request, event, Role.REGISTRATION)
    about = line_of(found, pk)
    _propose(found, [about])
    search = request.GET.get("q", "").strip()
    others = list(awaited(found, "", search)[:MOST_FOUND]) if search else []
    context = {"line": about, "form": AsideForm(), "search": search, "others": others, "paid": _paid_by(about)}
    return render(request, "payment/treasury/line.html", context)


def _paid_by(line: StatementLine) -> list[object]:
    return list(line.allocations.select_related("payment__booking").order_by("pk"))


@require_POST
def match(request: HttpRequest, event: str, pk: int) -> HttpResponse:
    """Pay the bookings that were chosen."""
    found = team_event_of(request, event, Role.REGISTRATION)
    about = line_of(found, pk)
    bookings = list(Booking.objects.filter(event=found, code__in=map(read_code, request.POST.getlist("booking")[:50])))
    try:
        payments = match_line(about, bookings, actor=request.actor, at=clock.now())
        _say(request, payments)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return HttpResponseRedirect(reverse("payment:line", args=[found.slug, about.pk]))
    about = line_of(found, pk)
    to = (
        reverse("payment:line", args=[found.slug, about.pk])
        if about.rest_cents
        else reverse("payment:statements", args=[found.slug])
    )
    return HttpResponseRedirect(to)


def _say(request: HttpRequest, payments: list[Payment]) -> None:
    back = [payment for payment in payments if payment.state == Payment.State.TO_REFUND]
    if back:
        messages.warning(
            request,
            _("The money is noted. For {codes}, it is on the list of refunds: already paid, or without place.").format(
                codes=", ".join(payment.booking.code for payment in back)
            ),
        )
    else:
        messages.success(request, _("The money is noted, and what is wholly paid is confirmed."))


@require_POST
def aside(request: HttpRequest, event: str, pk: int) -> HttpResponse:
    """Say that a credit pays nothing here."""
    found = team_event_of(request, event, Role.REGISTRATION)
    about, form = line_of(found, pk), AsideForm(request.POST)
    if form.is_valid():
        try:
            leave_line_aside(about, why=form.cleaned_data["why"], actor=request.actor, at=clock.now())
            messages.success(request, _("The credit is left aside."))
            return HttpResponseRedirect(reverse("payment:statements", args=[found.slug]))
        except Refused as refused:
            form.refuse(refused)
    _propose(found, [about])
    context = {"line": about, "form": form, "search": "", "others": [], "paid": _paid_by(about)}
    return render(request, "payment/treasury/line.html", context, status=form.status)
