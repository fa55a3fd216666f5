"""The public page of passes."""

from django.http import HttpRequest, HttpResponse

from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.registration.models import PassType
from encommun.registration.queries import offer_of, open_fund, terms_of
from encommun.ui.public_pages import public_page


@public_page()
def passes(request: HttpRequest, event: str) -> HttpResponse:
    """Which passes there are, what they cost, and whether places are left: in words."""
    found = event_of(request, event)
    offers, on_sale = offer_of(found, clock.now())
    until = max((offer.pass_type.on_sale_until for offer in offers), default=None)
    context = {"offers": offers, "on_sale": on_sale, "until": until, "terms": terms_of(found), "fund": open_fund(found)}
    context["gives_passes"] = found.pass_types.filter(offered=PassType.Offered.CONTRIBUTORS, is_paused=False).exists()
    return render(request, "registration/passes.html", context)
