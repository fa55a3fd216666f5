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
from encommun.registration.commands import cancel_booking, renew_booking
from encommun.registration.letters import seat_link
from encommun.registration.models import Booking, Question
from encommun.registration.queries import booking_seen_by, terms_of
from encommun.registration.rules import BOOKING_LINK, is_holder, link_is_for_buyer, may_cancel, may_pay, refund_of


def booking(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Where the booking stands, its passes, how to pay, and the link of each pass to hand over."""
    found = booking_seen_by(request.actor, event_of(request, event), code)
    at, terms = clock.now(), terms_of(found.event)
    asked = {question.pk: question for question in Question.objects.filter(event=found.event, withdrawn_at=None)}
    for seat in found.all_seats:
        seat.booking = found
        seat.link = seat_link(seat, found) if link_is_for_buyer(seat) else ""
        seat.is_mine = is_holder(request.actor, seat)
        seat.is_asked = any(question.is_for(seat.pass_type.number) for question in asked.values())
    context = {
        "booking": found,
        "mine": next((seat for seat in found.all_seats if seat.is_mine), None) if len(found.all_seats) == 1 else None,
        "may_pay": may_pay(found, at),
        "may_cancel": may_cancel(request.actor, found, terms=terms, at=at),
        "terms": terms,
    }
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
def renew(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Keep the places once more, then go and pay."""
    found = booking_seen_by(request.actor, event_of(request, event), code)
    page = "registration:booking"
    try:
        renewed = renew_booking(found, actor=request.actor, at=clock.now())
        messages.success(request, _("Your places are kept again, at the same price."))
        page = "payment:pay" if renewed.payment_method == "card" else page
    except Refused as refused:
        messages.error(request, refused.sentence)
    return HttpResponseRedirect(reverse(page, args=[found.event.slug, found.code]))


def cancel(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """What cancelling gives back, said before; then the cancellation itself."""
    found = booking_seen_by(request.actor, event_of(request, event), code)
    at, terms = clock.now(), terms_of(found.event)
    to_booking = HttpResponseRedirect(reverse("registration:booking", args=[found.event.slug, found.code]))
    if request.method == "POST":
        try:
            cancel_booking(found, actor=request.actor, at=at)
            messages.success(request, _("Your booking is cancelled: the places go to others. Thank you for telling us."))
        except Refused as refused:
            messages.error(request, refused.sentence)
        return to_booking
    verdict = may_cancel(request.actor, found, terms=terms, at=at)
    percent, cents = refund_of(found, terms=terms, at=at)
    context = {"booking": found, "may_cancel": verdict, "percent": percent, "cents": cents, "terms": terms}
    return render(request, "registration/cancel.html", context)
