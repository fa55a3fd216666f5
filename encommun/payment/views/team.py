"""Money, for those who keep it."""

from datetime import UTC, datetime, time

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import Refused
from encommun.payment.commands import mark_refunded, receive_transfer, set_transfer_account
from encommun.payment.forms import AccountForm, TransferForm
from encommun.payment.models import Payment, TransferAccount
from encommun.payment.queries import by_hand, owed_by
from encommun.registration.models import Booking
from encommun.registration.queries import booking_seen_by


def receive(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Mark a booking as paid by transfer."""
    booking = _booking(request, event, code)
    at = clock.now()
    first = {"amount": f"{owed_by(booking) / 100:.2f}", "received_on": at.astimezone(booking.event.zone).date()}
    form = TransferForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        received_at = datetime.combine(form.cleaned_data["received_on"], time(12), tzinfo=UTC)
        try:
            payment = receive_transfer(booking, amount_cents=form.amount_cents, received_at=received_at, actor=request.actor, at=at)
        except Refused as refused:
            form.refuse(refused)
        else:
            _say(request, payment)
            return _back(booking)
    return render(request, "payment/receive.html", {"booking": booking, "form": form, "owed": owed_by(booking)}, status=form.status)


def _say(request: HttpRequest, payment: Payment) -> None:
    if payment.state == Payment.State.PAID:
        messages.success(request, _("The transfer is noted and the booking is confirmed."))
    else:
        messages.warning(request, _("The transfer is noted. The places are gone: it is on the list of refunds."))


@require_POST
def refunded(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Note that what a provider does not give back by itself was sent."""
    booking = _booking(request, event, code)
    for refund in by_hand(booking.event).filter(payment__booking=booking):
        mark_refunded(refund, actor=request.actor, at=clock.now())
        messages.success(request, _("The refund is noted, and the person is told."))
    return _back(booking)


def account(request: HttpRequest, event: str) -> HttpResponse:
    """The account that transfers go to."""
    found = team_event_of(request, event, Role.REGISTRATION)
    kept = TransferAccount.objects.filter(event=found).first()
    first = {"holder": kept.holder, "iban": kept.iban_in_groups, "bic": kept.bic} if kept else {}
    form = AccountForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            set_transfer_account(found, **form.cleaned_data, actor=request.actor, at=clock.now())
            messages.success(request, _("The account is noted: people who pay by transfer see it from now on."))
            return HttpResponseRedirect(reverse("registration:team_list", args=[found.slug]))
        except Refused as refused:
            form.refuse(refused, "iban")
    return render(request, "payment/account.html", {"form": form}, status=form.status)


def _booking(request: HttpRequest, event: str, code: str) -> Booking:
    return booking_seen_by(request.actor, team_event_of(request, event, Role.REGISTRATION), code)


def _back(booking: Booking) -> HttpResponse:
    return HttpResponseRedirect(reverse("registration:team_booking", args=[booking.event.slug, booking.code]))
