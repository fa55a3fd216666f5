"""Codes, and the fund of suspended passes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.pages import event_of, render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.registration.commands import make_voucher, set_fund, withdraw_voucher
from encommun.registration.forms import FundForm, VoucherForm
from encommun.registration.queries import fund_of, voucher_seen_by, vouchers_seen_by
from encommun.ui.public_pages import public_page


@public_page()
def fund(request: HttpRequest, event: str) -> HttpResponse:
    """What was paid forward, what it paid for, and how to ask: for everybody."""
    found = event_of(request, event)
    shown = fund_of(found)
    if shown is None:
        raise NotFound()
    return render(request, "registration/fund.html", {"shown": shown})


def vouchers(request: HttpRequest, event: str) -> HttpResponse:
    """The codes, how often each served, and the fund."""
    found = team_event_of(request, event, Role.REGISTRATION)
    page = Paginator(vouchers_seen_by(request.actor, found), 50).get_page(request.GET.get("page"))
    names = {kind.number: str(kind.name) for kind in found.pass_types.all()}
    for voucher in page.object_list:
        voucher.pass_names = [names[number] for number in voucher.passes if number in names]
    context = {"vouchers": page, "shown": fund_of(found), "at": clock.now()}
    return render(request, "registration/team/vouchers.html", context)


def new_voucher(request: HttpRequest, event: str) -> HttpResponse:
    """A new code."""
    found = team_event_of(request, event, Role.REGISTRATION)
    form = VoucherForm(request.POST or None, event=found)
    if request.method == "POST" and form.is_valid():
        try:
            made = make_voucher(found, form.text(), actor=request.actor, at=clock.now())
            messages.success(request, _("The code {code} is ready to be given.").format(code=made.code))
            return HttpResponseRedirect(reverse("registration:team_voucher", args=[found.slug, made.pk]))
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "title": _("A new code")}
    return render(request, "registration/team/voucher_form.html", context, status=form.status)


def voucher(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """A code and the bookings made with it."""
    found = team_event_of(request, event, Role.REGISTRATION)
    context = {"voucher": voucher_seen_by(request.actor, found, number), "at": clock.now()}
    return render(request, "registration/team/voucher.html", context)


@require_POST
def withdraw(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """Accept a code no more."""
    found = team_event_of(request, event, Role.REGISTRATION)
    withdraw_voucher(voucher_seen_by(request.actor, found, number), actor=request.actor, at=clock.now())
    messages.success(request, _("The code is withdrawn. Passes booked with it stay as they are."))
    return HttpResponseRedirect(reverse("registration:team_vouchers", args=[found.slug]))


def team_fund(request: HttpRequest, event: str) -> HttpResponse:
    """Open the fund, and say how to ask for a suspended pass."""
    found = team_event_of(request, event, Role.REGISTRATION)
    shown = fund_of(found)
    form = FundForm(request.POST if request.method == "POST" else None, fund=shown.fund if shown else None)
    if request.method == "POST" and form.is_valid():
        set_fund(found, **form.arguments(), actor=request.actor, at=clock.now())
        messages.success(request, _("The fund is kept."))
        return HttpResponseRedirect(reverse("registration:team_vouchers", args=[found.slug]))
    context = {"form": form, "title": _("The fund of suspended passes")}
    return render(request, "registration/team/voucher_form.html", context, status=form.status)
