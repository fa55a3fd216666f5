"""Where the card provider tells that something happened."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from encommun.foundation import clock
from encommun.payment.models import Payment, ProviderNotice
from encommun.payment.providers import card
from encommun.payment.refusals import ProviderUnreachable, WrongSignature
from encommun.payment.tasks import look_at


@csrf_exempt
@require_POST
def card_notice(request: HttpRequest) -> HttpResponse:
    """A signed notification. It is only a hint: what happened is asked of the provider; the same one twice does nothing.

    Answers 400 to what is not signed, and 503 when the provider cannot be asked, so that it tells again later.
    """
    try:
        notice = card.read_notice(request.body, request.headers.get("Stripe-Signature", ""))
    except WrongSignature:
        return HttpResponse(status=400)
    if ProviderNotice.objects.filter(provider="card", notice_id=notice.id).exists():
        return HttpResponse(status=200)
    payment = Payment.objects.filter(provider_id=notice.session_id).first() if notice.session_id else None
    if payment is None:  # of something that is not ours
        return HttpResponse(status=200)
    at = clock.now()
    kept = ProviderNotice(provider="card", notice_id=notice.id, kind=notice.kind[:80], received_at=at)
    try:
        look_at(payment, at=at, notice=kept)
    except ProviderUnreachable:
        return HttpResponse(status=503)
    return HttpResponse(status=200)
