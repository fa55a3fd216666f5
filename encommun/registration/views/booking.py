"""A booking, for who made it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import NotFound, Refused
from encommun.people.links import open_link
from encommun.registration.commands import cancel_booking
from encommun.registration.letters import seat_link
from encommun.registration.models import Booking
from encommun.registration.queries import booking_seen_by
from encommun.registration.rules import BOOKING_LINK, may_cancel, may_pay


def booking(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Where the booking stands, its passes, how to pay, and the link of each pass to hand over."""
    found = booking_seen_by(request.actor, event_of(request, event), code)
    for seat in found.all_seats:
        seat.link = seat_link(seat, found)
    context = {"booking": found, "may_pay": may_pay(found, clock.now()), "may_cancel": may_cancel(request.actor, found)}
    return render(request, "registration/booking.html", context)


def link(request: HttpRequest, event: str, code: str, token: str) -> HttpResponse:
    """Open the link of a letter, and go on to the plain address."""
    found = event_of(request, event)
    booking = Booking.objects.filter(event=found, code=read_code(code)).first()
    if booking is None:
        raise NotFound()
    open_link(request, BOOKING_LINK, booking.code, token, booking.link_epoch)
    return HttpResponseRedirect(reverse("registration:booking", args=[found.slug, booking.code]))


@require_POST
def cancel(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Give the places back, while nothing is paid."""
    found = booking_seen_by(request.actor, event_of(request, event), code)
    try:
        cancel_booking(found, actor=request.actor, at=clock.now())
        messages.success(request, _("Your booking is cancelled: the places go to others. Thank you for telling us."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return HttpResponseRedirect(reverse("registration:booking", args=[found.event.slug, found.code]))
