"""Money taken at the desk."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import Refused
from encommun.payment.commands import count_till, take_at_desk, waive_payment
from encommun.payment.commands.desk import cash_of
from encommun.payment.forms import CountForm, DeskForm, ReasonForm
from encommun.payment.models import DayCount, Payment, Receipt
from encommun.payment.queries import owed_by, ways_of
from encommun.payment.queries.treasury import awaited, receipt_of
from encommun.payment.rules import AT_THE_DESK
from encommun.registration.queries import booking_seen_by

A_PAGE, MOST_FOUND = 50, 20


def desk(request: HttpRequest, event: str) -> HttpResponse:
    """Find a booking to be paid; the receipts; the till of today and its count."""
    found = team_event_of(request, event, Role.REGISTRATION)
    today = clock.now().astimezone(found.zone).date()
    expected = cash_of(found, today)
    form = CountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        counted = {"counted_cents": form.amount_cents, "note": form.cleaned_data["note"]}
        try:
            count_till(found, day=today, **counted, actor=request.actor, at=clock.now())
            messages.success(request, _("The count is noted."))
            return HttpResponseRedirect(reverse("payment:desk", args=[found.slug]))
        except Refused as refused:
            form.refuse(refused, "note")
    search = request.GET.get("q", "").strip()
    receipts = Receipt.objects.filter(event=found).select_related("payment__booking").order_by("-number")
    context = {
        "form": form,
        "search": search,
        "found": list(awaited(found, "", search)[:MOST_FOUND]) if search else [],
        "receipts": Paginator(receipts, A_PAGE).get_page(request.GET.get("page")),
        "expected": expected,
        "counts": DayCount.objects.filter(event=found).order_by("-counted_at")[:10],
    }
    return render(request, "payment/treasury/desk.html", context, status=form.status)


def take(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Take the money of a booking."""
    found = team_event_of(request, event, Role.REGISTRATION)
    booking = booking_seen_by(request.actor, found, code)
    ways, labels = ways_of(found), dict(Payment.Provider.choices)
    providers = [(str(name), str(labels[name])) for name in AT_THE_DESK if ways[name].is_open]
    first = {"amount": f"{owed_by(booking) / 100:.2f}", "provider": providers[0][0] if providers else ""}
    form = DeskForm(request.POST if request.method == "POST" else None, initial=first, providers=providers)
    if request.method == "POST" and form.is_valid():
        try:
            given = {"provider": form.cleaned_data["provider"], "amount_cents": form.amount_cents}
            receipt = take_at_desk(booking, **given, actor=request.actor, at=clock.now())
            return HttpResponseRedirect(reverse("payment:receipt", args=[found.slug, receipt.number]))
        except Refused as refused:
            form.refuse(refused)
    context = {"booking": booking, "form": form, "owed": owed_by(booking)}
    return render(request, "payment/treasury/take.html", context, status=form.status)


def receipt(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """A receipt to print or to show."""
    found = team_event_of(request, event, Role.REGISTRATION)
    return render(request, "payment/treasury/receipt.html", {"receipt": receipt_of(found, number)})


def waive(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Ask for nothing."""
    found = team_event_of(request, event, Role.REGISTRATION)
    booking = booking_seen_by(request.actor, found, code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            waive_payment(booking, why=form.cleaned_data["why"], actor=request.actor, at=clock.now())
            messages.success(request, _("Nothing is asked for this booking: it is confirmed."))
            return HttpResponseRedirect(reverse("registration:team_booking", args=[found.slug, booking.code]))
        except Refused as refused:
            form.refuse(refused)
    context = {"booking": booking, "form": form, "owed": owed_by(booking)}
    return render(request, "payment/treasury/waive.html", context, status=form.status)
