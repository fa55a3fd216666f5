"""Where providers tell that something happened. What they say is only a hint: what happened is asked of them again."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from encommun.foundation import clock
from encommun.foundation.refusals import TooManyTries
from encommun.payment.providers import card, helloasso
from encommun.payment.providers.facts import Notice
from encommun.payment.queries import configured
from encommun.payment.refusals import ProviderUnreachable, WrongSignature
from encommun.payment.tasks import take_notice
from encommun.people.addresses import client_address
from encommun.people.commands import count_try

LARGEST = 200_000  # bytes


@csrf_exempt
@require_POST
def card_notice(request: HttpRequest) -> HttpResponse:
    """A signed notification: 400 to what is not signed, 503 when the provider cannot be asked, so that it tells again later."""
    try:
        notice = card.read_notice(request.body, request.headers.get("Stripe-Signature", ""))
    except WrongSignature:
        return _answer(400)
    return _take("card", notice)


@csrf_exempt
@require_POST
def helloasso_notice(request: HttpRequest) -> HttpResponse:
    """A notification that nobody signed: it may come from anyone, makes us look, and nothing more; a few times a minute."""
    if not configured("helloasso") or len(request.body) > LARGEST:
        return _answer(400)
    try:
        count_try("helloasso-notice", client_address(request), at=clock.now(), most=300, seconds=60)
        notice = helloasso.read_notice(request.body)
    except TooManyTries:
        return _answer(429)
    except WrongSignature:
        return _answer(400)
    return _take("helloasso", notice)


def _take(name: str, notice: Notice) -> HttpResponse:
    try:
        take_notice(name, notice, at=clock.now())
    except ProviderUnreachable:
        return _answer(503)
    return _answer(200)


def _answer(status: int) -> HttpResponse:
    """The code alone: a machine reads it."""
    return HttpResponse(status=status, content_type="text/plain")
