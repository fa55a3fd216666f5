"""Who invoices for a gathering."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import NotFound, Refused
from encommun.invoicing.commands import keep_issuer, share_issuer
from encommun.invoicing.forms import IssuerForm, ShareForm
from encommun.invoicing.queries import invoicing_of, issuers_to_share
from encommun.invoicing.rules import REGIMES


def issuer(request: HttpRequest, event: str) -> HttpResponse:
    """The issuer, its tax regime, its account, and how its documents are counted."""
    found = team_event_of(request, event, Role.REGISTRATION)
    kept = invoicing_of(found)
    form = IssuerForm(request.POST if request.method == "POST" else None, kept=kept, prefix=_prefix(found))
    if request.method == "POST" and form.is_valid():
        try:
            keep_issuer(found, form.text(), prefix=form.cleaned_data["prefix"], actor=request.actor, at=clock.now())
            messages.success(request, _("Kept. Quotes and invoices say so from now on; those of before stay as they were."))
            return HttpResponseRedirect(reverse("invoicing:team_issuer", args=[found.slug]))
        except Refused as refused:
            form.refuse(refused)
    regimes = [(choice.label, REGIMES[choice].exemption, REGIMES[choice].category) for choice in REGIMES]
    series = kept.issuer.series.filter(prefix__contains=f"{kept.prefix}-").order_by("is_test", "pk") if kept else []
    context = {"form": form, "kept": kept, "regimes": regimes, "series": series, "others": issuers_to_share(request.actor, found)}
    return render(request, "invoicing/team/issuer.html", context, status=form.status)


def share(request: HttpRequest, event: str) -> HttpResponse:
    """Take the issuer of another gathering whose money one keeps too."""
    found = team_event_of(request, event, Role.REGISTRATION)
    others = issuers_to_share(request.actor, found)
    if not others:
        raise NotFound()
    first = {"prefix": _prefix(found)}
    form = ShareForm(request.POST if request.method == "POST" else None, issuers=others, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            share_issuer(found, form.chosen, prefix=form.cleaned_data["prefix"], actor=request.actor, at=clock.now())
            messages.success(request, _("Kept. Quotes and invoices say so from now on; those of before stay as they were."))
            return HttpResponseRedirect(reverse("invoicing:team_issuer", args=[found.slug]))
        except Refused as refused:
            form.refuse(refused)
    return render(request, "invoicing/team/share.html", {"form": form}, status=form.status)


def _prefix(event: Event) -> str:
    """«NEC2018», of the event's acronym."""
    return "".join(sign for sign in event.acronym.upper() if sign.isalnum() and sign.isascii())[:18]
