"""Money that goes back: what waits, what is made by hand, a part by the team."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.foundation.text import clean_line
from encommun.payment.commands import mark_refunded, refund_payment
from encommun.payment.forms import RefundForm
from encommun.payment.models import Payment, Refund, TransferAccount
from encommun.payment.queries import by_hand
from encommun.payment.queries.pain import transfers_back
from encommun.payment.queries.treasury import payment_of

A_PAGE = 50


def refunds(request: HttpRequest, event: str) -> HttpResponse:
    """What waits for a hand, what providers make, what was made."""
    found = team_event_of(request, event, Role.REGISTRATION)
    if request.method == "POST":
        chosen = by_hand(found).filter(reference__in=map(clean_line, request.POST.getlist("refund")[:200]))
        count = len([mark_refunded(refund, actor=request.actor, at=clock.now()) for refund in chosen])
        said = ngettext("{n} refund is noted, and the person is told.", "{n} refunds are noted, and people are told.", count)
        messages.success(request, said.format(n=count))
        return HttpResponseRedirect(reverse("payment:refunds", args=[found.slug]))
    hand = list(by_hand(found))
    others = Refund.objects.filter(payment__booking__event=found).exclude(pk__in=[refund.pk for refund in hand])
    page = Paginator(others.select_related("payment__booking").order_by("state", "-asked_at", "-pk"), A_PAGE)
    context = {
        "by_hand": hand,
        "total": sum(refund.amount_cents for refund in hand),
        "with_account": sum(1 for refund in hand if refund.iban),
        "has_account": TransferAccount.objects.filter(event=found).exists(),
        "refunds": page.get_page(request.GET.get("page")),
    }
    return render(request, "payment/treasury/refunds.html", context)


def bank_order(request: HttpRequest, event: str) -> HttpResponse:
    """The order of transfers back, for the bank's site."""
    found = team_event_of(request, event, Role.REGISTRATION)
    account = TransferAccount.objects.filter(event=found).first()
    if account is None:
        raise NotFound()
    now = clock.now()
    answer = HttpResponse(transfers_back(account, list(by_hand(found)), at=now), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}-remboursements-{now:%Y%m%d}.xml"'
    return answer


def refund(request: HttpRequest, event: str, reference: str) -> HttpResponse:
    """Give back a part or the whole of a payment."""
    found = team_event_of(request, event, Role.REGISTRATION)
    payment = payment_of(found, reference)
    left = payment.refundable_cents if payment.state == Payment.State.PAID else 0
    form = RefundForm(request.POST if request.method == "POST" else None, initial={"amount": f"{left / 100:.2f}"})
    if request.method == "POST" and form.is_valid():
        try:
            refund_payment(payment, amount_cents=form.amount_cents, actor=request.actor, at=clock.now())
            messages.success(request, _("The refund is listed. The person is told when it has left."))
            return HttpResponseRedirect(reverse("registration:team_booking", args=[found.slug, payment.booking.code]))
        except Refused as refused:
            form.refuse(refused)
    context = {"payment": payment, "booking": payment.booking, "form": form, "left": left}
    return render(request, "payment/treasury/refund.html", context, status=form.status)
