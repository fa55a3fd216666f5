"""How an event is paid."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import Refused
from encommun.payment.commands import open_way
from encommun.payment.forms import ChequeWayForm, WayForm
from encommun.payment.models import Payment, TransferAccount, Way
from encommun.payment.queries import configured, ways_of


def ways(request: HttpRequest, event: str) -> HttpResponse:
    """Open and close the ways of paying, each with what it needs."""
    found = team_event_of(request, event, Role.REGISTRATION)
    sent = request.POST.get("what", "") if request.method == "POST" else ""
    rows = [_row(request, way, sent) for way in ways_of(found).values()]
    if sent and (done := _act(request, found, sent, rows)):
        return done
    context = {"rows": rows, "account": TransferAccount.objects.filter(event=found).first()}
    status = max(row["form"].status for row in rows)
    return render(request, "payment/treasury/ways.html", context, status=status)


def _row(request: HttpRequest, way: Way, sent: str) -> dict[str, Any]:
    kind = ChequeWayForm if way.provider == Payment.Provider.CHEQUE else WayForm
    first = {"is_open": way.is_open, "payable_to": way.payable_to, "send_to": way.send_to}
    form = kind(request.POST if sent == way.provider else None, initial=first, prefix=str(way.provider))
    return {"way": way, "form": form, "is_configured": configured(way.provider)}


def _act(request: HttpRequest, event: Event, sent: str, rows: list[dict[str, Any]]) -> HttpResponse | None:
    form = next((row["form"] for row in rows if row["way"].provider == sent), None)
    if form is None or not form.is_valid():
        return None
    try:
        open_way(event, provider=sent, **form.cleaned_data, actor=request.actor, at=clock.now())
    except Refused as refused:
        form.refuse(refused)
        return None
    messages.success(request, _("It is noted."))
    return HttpResponseRedirect(reverse("payment:ways", args=[event.slug]))
