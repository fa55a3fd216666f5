"""To the provider's page, and back."""

from contextlib import suppress

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import NotFound, Refused
from encommun.payment.commands import choose_way, keep_page, set_refund_account, start_payment
from encommun.payment.forms import IbanForm
from encommun.payment.models import Payment, Refund
from encommun.payment.providers import provider
from encommun.payment.providers.facts import Asked
from encommun.payment.queries import ways_of
from encommun.payment.refusals import ProviderUnreachable
from encommun.payment.rules import ONLINE, PAGE_LIVES
from encommun.payment.tasks import look_at
from encommun.registration.models import Booking
from encommun.registration.queries import booking_seen_by


def pay(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Lead to the provider's payment page. Reached by a link or by the redirect after booking: opened twice, it is one page.

    With two payment pages open and none chosen yet, both are shown.
    """
    booking = booking_seen_by(request.actor, event_of(request, event), code)
    chosen = request.GET.get("avec", "")
    ways = [way for name, way in ways_of(booking.event).items() if name in ONLINE and way.is_open]
    if len(ways) > 1 and chosen not in [way.provider for way in ways] and booking.state == Booking.State.HELD:
        return render(request, "payment/choose_page.html", {"booking": booking, "ways": ways})
    try:
        _close_others(booking, chosen)
        payment = start_payment(booking, provider=chosen, actor=request.actor, at=clock.now())
        if not payment.page_url:
            payment = _with_page(payment, booking)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return HttpResponseRedirect(_address("registration:booking", booking))
    return HttpResponseRedirect(payment.page_url)


def _close_others(booking: Booking, chosen: str) -> None:
    """The page of another provider is closed before, so that nobody pays twice."""
    if chosen:
        for payment in booking.payments.filter(state=Payment.State.WAITING, provider__in=ONLINE).exclude(provider=chosen):
            with suppress(ProviderUnreachable):
                look_at(payment, at=clock.now(), close=True)


def _with_page(payment: Payment, booking: Booking) -> Payment:
    asked = Asked(
        reference=payment.reference,
        label=f"{booking.event.name} · {booking.code}",
        amount_cents=payment.amount_cents,
        name=booking.name,
        email=booking.email,
        language=booking.language,
        success_url=settings.CONFIG.base_url + _address("payment:returned", booking),
        cancel_url=settings.CONFIG.base_url + _address("registration:booking", booking),
    )
    facts = provider(payment.provider).create_page(asked, open_until=payment.asked_at + PAGE_LIVES)
    return keep_page(payment, provider_id=facts.id, page_url=facts.url)


def returned(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Back from the provider: ask it, then say what it says; «we are checking» until it has said something."""
    booking = booking_seen_by(request.actor, event_of(request, event), code)
    payment = booking.payments.filter(provider__in=ONLINE).exclude(provider_id="").order_by("-pk").first()
    if payment is not None and payment.state == Payment.State.WAITING and not payment.trouble:
        with suppress(ProviderUnreachable):  # then the page says that we are checking, and the reconciler does
            payment = look_at(payment, at=clock.now())
    if payment is not None and payment.state == Payment.State.WAITING:
        return render(request, "payment/checking.html", {"booking": booking, "payment": payment})
    if payment is not None and payment.state == Payment.State.PAID:
        messages.success(request, _("Your payment has arrived: the booking is confirmed. Thank you!"))
    return HttpResponseRedirect(_address("registration:booking", booking))


@require_POST
def change_way(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Pay in another way than chosen at first."""
    booking = booking_seen_by(request.actor, event_of(request, event), code)
    try:
        booking = choose_way(booking, method=request.POST.get("method", ""), actor=request.actor, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    return HttpResponseRedirect(_address("registration:booking", booking))


def where_back(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Who booked says on which account a refund by transfer goes."""
    booking = booking_seen_by(request.actor, event_of(request, event), code)
    by_hand = Refund.objects.filter(payment__booking=booking).exclude(state=Refund.State.DONE)
    refunds = list(by_hand.exclude(payment__provider__in=ONLINE, state=Refund.State.TO_DO).select_related("payment__booking"))
    if not refunds:
        raise NotFound()
    first = {"holder": refunds[0].account_holder or booking.name, "iban": refunds[0].iban}
    form = IbanForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            for refund in refunds:
                set_refund_account(refund, **form.cleaned_data, actor=request.actor, at=clock.now())
            messages.success(request, _("Thank you: the team sends the money there."))
            return HttpResponseRedirect(_address("registration:booking", booking))
        except Refused as refused:
            form.refuse(refused, "iban")
    context = {"booking": booking, "form": form, "cents": sum(refund.amount_cents for refund in refunds)}
    return render(request, "payment/where_back.html", context, status=form.status)


def _address(name: str, booking: Booking) -> str:
    return reverse(name, args=[booking.event.slug, booking.code])
