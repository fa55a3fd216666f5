"""The waiting list."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.pages import event_of, render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import NotFound, Refused
from encommun.people.addresses import client_address
from encommun.people.commands import count_try
from encommun.people.links import give_link, open_link
from encommun.registration.commands import join_waiting, leave_waiting, take_offer
from encommun.registration.forms import OfferForm, WaitForm
from encommun.registration.models import Booking, Waiting
from encommun.registration.queries import choices_of, place_in_queue, queue_of, waiting_seen_by
from encommun.registration.rules import BOOKING_LINK, WAITING_LINK
from encommun.registration.ways import ways_to_pay


def wait(request: HttpRequest, event: str) -> HttpResponse:
    """Wait for what is full."""
    found, at = event_of(request, event), clock.now()
    choices = [choice for choice in choices_of(found, at) if choice.on_sale is True and choice.availability == "full"]
    asked = {"choice": request.GET.get("choix", "")}
    form = WaitForm(request.POST if request.method == "POST" else None, initial=asked, choices=choices)
    if request.method == "POST" and form.is_valid() and not form.is_spam:
        try:
            count_try("wait", client_address(request), at=at, most=20, seconds=600)
            made = join_waiting(found, **form.arguments(), language=request.language, actor=request.actor, at=at)
            if made.joined_at == at:  # somebody else's address opens nothing: her letter has the link
                give_link(request, WAITING_LINK, made.code)
                return HttpResponseRedirect(reverse("registration:waiting", args=[found.slug, made.code]))
            messages.success(request, _("You were on the list already, and keep your place: the link was sent again by e-mail."))
            return HttpResponseRedirect(reverse("registration:passes", args=[found.slug]))
        except Refused as refused:
            form.refuse(refused)
    return render(request, "registration/wait.html", {"form": form, "choices": choices}, status=form.status)


def waiting(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The place in the queue, or the offer, taken in one click."""
    found = waiting_seen_by(request.actor, event_of(request, event), code)
    at = clock.now()
    methods = ways_to_pay(found.event)
    form = OfferForm(request.POST if request.method == "POST" else None, kind=found.pass_type, methods=methods)
    if request.method == "POST" and form.is_valid():
        try:
            typed = {"payment_method": "free", "tariff": "fair"} | form.cleaned_data
            booking = take_offer(found, event=found.event, **typed, actor=request.actor, at=at)
            give_link(request, BOOKING_LINK, booking.code)
            pay = booking.payment_method == "card" and booking.state == Booking.State.HELD
            address = "payment:pay" if pay else "registration:booking"
            return HttpResponseRedirect(reverse(address, args=[found.event.slug, booking.code]))
        except Refused as refused:
            form.refuse(refused)
    context = {"waiting": found, "form": form, "place": place_in_queue(found), "is_offered": found.is_offered(at)}
    return render(request, "registration/waiting.html", context, status=form.status)


def link(request: HttpRequest, event: str, code: str, token: str) -> HttpResponse:
    """Open the link of a letter, and go on to the plain address."""
    found = event_of(request, event)
    one = Waiting.objects.filter(event=found, code=read_code(code)).first()
    if one is None:
        raise NotFound()
    open_link(request, WAITING_LINK, one.code, token, one.link_epoch)
    return HttpResponseRedirect(reverse("registration:waiting", args=[found.slug, one.code]))


@require_POST
def leave(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Leave the queue, or decline the offer."""
    found = waiting_seen_by(request.actor, event_of(request, event), code)
    try:
        leave_waiting(found, actor=request.actor, at=clock.now())
        messages.success(request, _("You have left the list. Thank you: the next person moves up."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return HttpResponseRedirect(reverse("registration:waiting", args=[found.event.slug, found.code]))


def team_waiting(request: HttpRequest, event: str) -> HttpResponse:
    """Who waits, in order."""
    found = team_event_of(request, event, Role.REGISTRATION)
    page = Paginator(queue_of(request.actor, found), 50).get_page(request.GET.get("page"))
    return render(request, "registration/team/waiting.html", {"queue": page})
