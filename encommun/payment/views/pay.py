"""To the provider's page, and back."""

from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import Refused
from encommun.payment.commands import keep_page, start_payment
from encommun.payment.models import Payment
from encommun.payment.providers import card
from encommun.payment.refusals import ProviderUnreachable
from encommun.payment.rules import PAGE_LIVES
from encommun.payment.tasks import look_at
from encommun.registration.models import Booking
from encommun.registration.queries import booking_seen_by


def pay(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Lead to the provider's payment page. Reached by a link or by the redirect after booking: opened twice, it is one page."""
    booking = booking_seen_by(request.actor, event_of(request, event), code)
    try:
        payment = start_payment(booking, actor=request.actor, at=clock.now())
        if not payment.page_url:
            payment = _with_page(payment, booking)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return HttpResponseRedirect(_address("registration:booking", booking))
    return HttpResponseRedirect(payment.page_url)


def _with_page(payment: Payment, booking: Booking) -> Payment:
    facts = card.create_session(
        reference=payment.reference,
        label=f"{booking.event.name} · {booking.code}",
        amount_cents=payment.amount_cents,
        email=booking.email,
        language=booking.language,
        open_until=payment.asked_at + PAGE_LIVES,
        success_url=settings.CONFIG.base_url + _address("payment:returned", booking),
        cancel_url=settings.CONFIG.base_url + _address("registration:booking", booking),
    )
    return keep_page(payment, provider_id=facts.id, page_url=facts.url)


def returned(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Back from the provider: ask it, then say what it says; «we are checking» until it has said something."""
    booking = booking_seen_by(request.actor, event_of(request, event), code)
    payment = booking.payments.filter(provider=Payment.Provider.CARD).exclude(provider_id="").order_by("-pk").first()
    if payment is not None and payment.state == Payment.State.WAITING and not payment.trouble:
        with suppress(ProviderUnreachable):  # then the page says that we are checking, and the reconciler does
            payment = look_at(payment, at=clock.now())
    if payment is not None and payment.state == Payment.State.WAITING:
        return render(request, "payment/checking.html", {"booking": booking, "payment": payment})
    if payment is not None and payment.state == Payment.State.PAID:
        messages.success(request, _("Your payment has arrived: the booking is confirmed. Thank you!"))
    return HttpResponseRedirect(_address("registration:booking", booking))


def _address(name: str, booking: Booking) -> str:
    return reverse(name, args=[booking.event.slug, booking.code])
