"""Cheques: those awaited, those that came, slips for the bank."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.payment.commands import Arrived, bounce_cheque, make_deposit, receive_cheque
from encommun.payment.forms import BounceForm, ChequeForm
from encommun.payment.models import Deposit
from encommun.payment.queries import owed_by
from encommun.payment.queries.treasury import awaited, cheque_of, cheques_of
from encommun.registration.queries import booking_seen_by

A_PAGE = 50


def cheques(request: HttpRequest, event: str) -> HttpResponse:
    """Cheques to take to the bank, and the slips made."""
    found = team_event_of(request, event, Role.REGISTRATION)
    waiting = cheques_of(found).filter(deposit=None, bounced_on=None)
    deposits = Deposit.objects.filter(event=found).annotate(cents=Sum("cheques__payment__received_cents")).order_by("-number")
    context = {
        "waiting": waiting,
        "total": waiting.aggregate(cents=Sum("payment__received_cents", default=0))["cents"],
        "awaited": awaited(found, "cheque")[:A_PAGE],
        "deposits": Paginator(deposits, A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "payment/treasury/cheques.html", context)


def receive(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Note a cheque that came."""
    found = team_event_of(request, event, Role.REGISTRATION)
    booking, at = booking_seen_by(request.actor, found, code), clock.now()
    first = {"amount": f"{owed_by(booking) / 100:.2f}", "drawer": booking.name, "received_on": at.astimezone(found.zone).date()}
    form = ChequeForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        typed = {name: form.cleaned_data[name] for name in ("number", "bank", "drawer", "received_on")}
        try:
            receive_cheque(booking, Arrived(**typed), amount_cents=form.amount_cents, actor=request.actor, at=at)
            messages.success(request, _("The cheque is noted. It waits for its deposit slip."))
            return HttpResponseRedirect(reverse("payment:cheques", args=[found.slug]))
        except Refused as refused:
            form.refuse(refused)
    context = {"booking": booking, "form": form, "owed": owed_by(booking)}
    return render(request, "payment/treasury/receive_cheque.html", context, status=form.status)


@require_POST
def deposit(request: HttpRequest, event: str) -> HttpResponse:
    """Make a slip of the cheques chosen."""
    found = team_event_of(request, event, Role.REGISTRATION)
    chosen = [int(pk) for pk in request.POST.getlist("cheque")[:500] if pk.isdecimal() and len(pk) < 18]
    try:
        made = make_deposit(found, chosen, actor=request.actor, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return HttpResponseRedirect(reverse("payment:cheques", args=[found.slug]))
    return HttpResponseRedirect(reverse("payment:slip", args=[found.slug, made.number]))


def slip(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """A slip to print, with its total."""
    found = team_event_of(request, event, Role.REGISTRATION)
    made = Deposit.objects.filter(event=found, number=number).first()
    if made is None:
        raise NotFound()
    lines = list(cheques_of(found).filter(deposit=made).order_by("pk"))
    context = {"deposit": made, "cheques": lines, "total": sum(cheque.payment.received_cents for cheque in lines)}
    return render(request, "payment/treasury/slip.html", context)


def bounce(request: HttpRequest, event: str, pk: int) -> HttpResponse:
    """Note that the bank sent a cheque back."""
    found = team_event_of(request, event, Role.REGISTRATION)
    cheque = cheque_of(found, pk)
    first = {"on": clock.now().astimezone(found.zone).date()}
    form = BounceForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            bounce_cheque(cheque, on=form.cleaned_data["on"], actor=request.actor, at=clock.now())
            messages.warning(request, _("The cheque is noted as unpaid. Decide what becomes of the booking."))
            return HttpResponseRedirect(reverse("payment:strays", args=[found.slug]))
        except Refused as refused:
            form.refuse(refused)
    return render(request, "payment/treasury/bounce.html", {"cheque": cheque, "form": form}, status=form.status)
