"""One pass, for the person who comes with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import NotFound, Refused
from encommun.people.links import open_link
from encommun.registration.commands import name_seat
from encommun.registration.forms import NameForm
from encommun.registration.models import Seat
from encommun.registration.queries import seat_seen_by
from encommun.registration.rules import SEAT_LINK, may_name_seat, may_see_booking


def seat(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The person's pass: name, days, ticket; she may write her own name."""
    found = seat_seen_by(request.actor, event_of(request, event), code)
    typed = {"holder_name": found.holder_name, "holder_email": found.holder_email}
    form = NameForm(request.POST if request.method == "POST" else None, initial=typed)
    if request.method == "POST" and form.is_valid():
        try:
            name_seat(found, **form.cleaned_data, actor=request.actor, at=clock.now())
            messages.success(request, _("The pass is in the name of {name}.").format(name=form.cleaned_data["holder_name"]))
            return HttpResponseRedirect(reverse("registration:seat", args=[found.booking.event.slug, found.code]))
        except Refused as refused:
            form.refuse(refused)
    sees_booking = may_see_booking(request.actor, found.booking) is True
    context = {"seat": found, "form": form, "may_name": may_name_seat(request.actor, found), "sees_booking": sees_booking}
    return render(request, "registration/seat.html", context, status=form.status)


def link(request: HttpRequest, event: str, code: str, token: str) -> HttpResponse:
    """Open the link of a letter, and go on to the plain address."""
    found = event_of(request, event)
    seat = Seat.objects.filter(booking__event=found, code=read_code(code)).first()
    if seat is None:
        raise NotFound()
    open_link(request, SEAT_LINK, seat.code, token, seat.link_epoch)
    return HttpResponseRedirect(reverse("registration:seat", args=[found.slug, seat.code]))
