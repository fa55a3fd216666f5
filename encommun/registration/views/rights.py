"""Reduced prices: the proof is looked at, and «yes, that day» is all that is kept."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.refusals import Refused
from encommun.registration.commands import see_right
from encommun.registration.forms import SearchForm
from encommun.registration.queries import has_rights, right_seen_by, rights_seen_by
from encommun.registration.rules import keeps_registration

CHECKERS = (Role.REGISTRATION, Role.DOOR)


def rights(request: HttpRequest, event: str) -> HttpResponse:
    """Whose proof is still to be looked at, and who was seen."""
    found = team_event_of(request, event, *CHECKERS)
    form = SearchForm(request.GET)
    words = form.cleaned_data.get("q", "") if form.is_valid() else ""
    page = Paginator(rights_seen_by(request.actor, found, words), 50).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "seats": page,
        "has_rights": has_rights(found),
        "keeps": keeps_registration(request.actor, found.pk) is True,
    }
    return render(request, "registration/team/rights.html", context)


@require_POST
def seen(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The proof was looked at just now."""
    found = team_event_of(request, event, *CHECKERS)
    seat = right_seen_by(request.actor, found, code)
    try:
        see_right(seat, actor=request.actor, at=clock.now())
        name = seat.holder_name or seat.booking.name
        messages.success(request, _("{name}: yes. Only the day is kept.").format(name=name))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return HttpResponseRedirect(reverse("registration:team_rights", args=[found.slug]))
