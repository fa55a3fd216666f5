"""Who comes without a pass: one short form, then what to hand over."""

from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from encommun.checkin.commands import welcome_walk_in
from encommun.checkin.forms import WalkInForm
from encommun.checkin.models import Scan, Ticket
from encommun.checkin.papers import code_svg
from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import Refused
from encommun.journal.commands import once
from encommun.payment.models import Receipt
from encommun.payment.queries import ways_of
from encommun.payment.rules import AT_THE_DESK
from encommun.registration.queries import booking_seen_by, choices_of


def walk_in(request: HttpRequest, event: str) -> HttpResponse:
    """A name, a pass, how it is paid."""
    found, at = team_event_of(request, event, Role.REGISTRATION), clock.now()
    form = _form(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            code = _welcomed(request, found, form)
            return HttpResponseRedirect(reverse("checkin:welcomed", args=[found.slug, code]))
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "today": at.astimezone(found.zone).date()}
    return render(request, "checkin/walk_in.html", context, status=form.status)


def _form(request: HttpRequest, event: Event) -> WalkInForm:
    at = clock.now()
    today = at.astimezone(event.zone).date()
    choices = [one for one in choices_of(event, at) if one.day is None or one.day >= today]
    ways = ways_of(event)
    first = {"idempotency_key": str(uuid4())}
    open_ones = [name for name in AT_THE_DESK if ways[name].is_open]
    return WalkInForm(
        request.POST if request.method == "POST" else None, choices=choices, ways=open_ones, today=today, initial=first
    )


def _welcomed(request: HttpRequest, event: Event, form: WalkInForm) -> str:
    asked, at = form.asked(), clock.now()

    def act() -> dict[str, str]:
        return {"code": welcome_walk_in(event, asked, actor=request.actor, at=at).code}

    answer, _now = once("checkin.walk_in", form.key or str(uuid4()), [event.pk, repr(asked)], at=at, act=act)
    return str(answer["code"])


def welcomed(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """She is welcome: her code to photograph, her pass and her receipt to print, and the next person."""
    found = team_event_of(request, event, Role.REGISTRATION)
    booking = booking_seen_by(request.actor, found, code)
    seat = booking.all_seats[0]
    ticket = Ticket.objects.filter(seat=seat, revoked_at=None).first()
    context = {
        "booking": booking,
        "seat": seat,
        "ticket": ticket,
        "code_image": code_svg(ticket.code, border=2).decode() if ticket else "",
        "receipts": list(Receipt.objects.filter(payment__booking=booking).select_related("payment")),
        "is_in": Scan.objects.filter(ticket=ticket, result=Scan.Result.ADMITTED).exists() if ticket else False,
    }
    return render(request, "checkin/welcomed.html", context)
