"""Bookings, for those who keep registration and money."""

from datetime import date
from itertools import chain
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import NotFound, Refused
from encommun.registration import exports
from encommun.registration.commands import block_pass, cancel_booking, resend_link, resize_quota, unblock_pass
from encommun.registration.forms import CancelForm, FilterForm, SizeForm
from encommun.registration.models import Quota
from encommun.registration.queries import (
    Filters,
    booking_seen_by,
    bookings_seen_by,
    day_counts,
    history_of_booking,
    sales_of,
    seat_seen_by,
    totals_of,
)
from encommun.registration.rules import may_cancel

A_PAGE = 50
MOST_AT_ONCE = 500


def bookings(request: HttpRequest, event: str) -> HttpResponse:
    """Search, filter, and the counts of each day."""
    found = team_event_of(request, event, Role.REGISTRATION)
    form, filters = _filters(request, found)
    page = Paginator(bookings_seen_by(request.actor, found, filters), A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "bookings": page, "days": day_counts(found), "totals": totals_of(found)}
    return render(request, "registration/team/list.html", context)


def _filters(request: HttpRequest, event: Event) -> tuple[FilterForm, Filters]:
    form = FilterForm(request.GET, days=event.days, kinds=list(event.pass_types.all()))
    form.is_valid()
    kept = form.cleaned_data
    day = date.fromisoformat(kept["day"]) if kept.get("day") else None
    given = {name: kept.get(name, "") for name in ("state", "method", "kind")}
    return form, Filters(search=kept.get("q", ""), day=day, **given)


def booking(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """One booking, and what can be done with it."""
    found = booking_seen_by(request.actor, team_event_of(request, event, Role.REGISTRATION), code)
    return _booking_page(request, found, CancelForm())


def _booking_page(request: HttpRequest, booking: Any, form: CancelForm) -> HttpResponse:
    context = {
        "booking": booking,
        "cancel_form": form,
        "may_cancel": may_cancel(request.actor, booking),
        "history": history_of_booking(request.actor, booking),
    }
    return render(request, "registration/team/booking.html", context, status=form.status)


@require_POST
def cancel(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Cancel, with a reason that the person receives."""
    found = booking_seen_by(request.actor, team_event_of(request, event, Role.REGISTRATION), code)
    form = CancelForm(request.POST)
    if form.is_valid():
        try:
            cancel_booking(found, reason=form.cleaned_data["reason"], actor=request.actor, at=clock.now())
            messages.success(request, _("The booking is cancelled, and the person is told."))
            return _to_booking(found)
        except Refused as refused:
            form.refuse(refused)
    return _booking_page(request, found, form)


@require_POST
def resend(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Send the booking's link once more."""
    found = booking_seen_by(request.actor, team_event_of(request, event, Role.REGISTRATION), code)
    resend_link(found, actor=request.actor, at=clock.now())
    messages.success(request, _("The link is on its way."))
    return _to_booking(found)


@require_POST
def block(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Keep a pass from coming in for a while, or let it in again."""
    found = seat_seen_by(request.actor, team_event_of(request, event, Role.REGISTRATION), code)
    try:
        if request.POST.get("step") == "unblock":
            unblock_pass(found, actor=request.actor, at=clock.now())
            messages.success(request, _("The pass comes in again."))
        else:
            block_pass(found, reason=request.POST.get("reason", ""), actor=request.actor, at=clock.now())
            messages.success(request, _("The pass is blocked: the door sends its holder to the desk."))
    except Refused as refused:
        messages.error(request, _("Write why: the desk will need it.") if refused.code == "reason_missing" else refused.sentence)
    return _to_booking(found.booking)


def resize(request: HttpRequest, event: str, day: str) -> HttpResponse:
    """Change the number of places of a day."""
    found = team_event_of(request, event, Role.REGISTRATION)
    count = next((row for row in day_counts(found) if _is_day(row["quota"], day)), None)
    if count is None:
        raise NotFound()
    form = SizeForm(request.POST if request.method == "POST" else None, initial={"size": count["quota"].size})
    if request.method == "POST" and form.is_valid():
        quota = resize_quota(found, day=count["quota"].day, size=form.cleaned_data["size"], actor=request.actor, at=clock.now())
        if quota.size > form.cleaned_data["size"]:
            messages.warning(request, _("More places than that are taken: the day is closed at {size}.").format(size=quota.size))
        else:
            messages.success(request, _("The day has {size} places.").format(size=quota.size))
        return HttpResponseRedirect(reverse("registration:team_list", args=[found.slug]))
    return render(request, "registration/team/resize.html", {"count": count, "form": form}, status=form.status)


def _is_day(quota: Quota, day: str) -> bool:
    return quota.kind == Quota.Kind.DAY and quota.day.isoformat() == day


def export(request: HttpRequest, event: str, kind: str) -> HttpResponse | StreamingHttpResponse:
    """The list as it is filtered, one line a pass, for a spreadsheet."""
    found = team_event_of(request, event, Role.REGISTRATION)
    if kind not in exports.TYPES:
        raise NotFound()
    _form, filters = _filters(request, found)
    chosen = bookings_seen_by(request.actor, found, filters).prefetch_related("seats__pass_type")
    if kind == "csv":
        answer: Any = StreamingHttpResponse(exports.csv_lines(chosen), content_type=exports.TYPES[kind])
    else:
        make = exports.xlsx if kind == "xlsx" else exports.ods
        body = make(chain([exports.heads()], exports.rows(chosen)), found.acronym)
        answer = HttpResponse(body, content_type=exports.TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}-inscriptions.{kind}"'
    return answer


def sales(request: HttpRequest, event: str) -> HttpResponse:
    """What was booked, week by week: a picture and its figures."""
    found = team_event_of(request, event, Role.REGISTRATION)
    return render(request, "registration/team/sales.html", {"weeks": sales_of(request.actor, found)})


@require_POST
def several(request: HttpRequest, event: str) -> HttpResponse:
    """Do the same to several bookings: send links again, or cancel with one reason, once what that gives back was shown."""
    found = team_event_of(request, event, Role.REGISTRATION)
    chosen = _chosen(request, found)
    step = request.POST.get("step", "")
    if not chosen:
        messages.error(request, _("Tick at least one booking."))
        return _to_list(request, found)
    if step == "link":
        said, act = _("Links are on their way: {count}."), _send_link
    elif not request.POST.get("sure") or not request.POST.get("reason", "").strip():
        return _sure_page(request, chosen)
    else:
        said, act = _("Bookings cancelled: {count}."), _cancel
    count = 0
    for one in chosen:
        try:
            act(request, one)
            count += 1
        except Refused as refused:
            messages.error(request, f"{one.code} : {refused.sentence}")
    if count:
        messages.success(request, said.format(count=count))
    return _to_list(request, found)


def _chosen(request: HttpRequest, event: Event) -> list[Any]:
    """Those that are ticked, or all that answer the search."""
    if request.POST.get("all"):
        _form, filters = _filters(request, event)
        return list(bookings_seen_by(request.actor, event, filters)[:MOST_AT_ONCE])
    codes = [read_code(code) for code in request.POST.getlist("code")[:MOST_AT_ONCE]]
    return list(bookings_seen_by(request.actor, event, Filters()).filter(code__in=codes))


def _send_link(request: HttpRequest, booking: Any) -> None:
    resend_link(booking, actor=request.actor, at=clock.now())


def _cancel(request: HttpRequest, booking: Any) -> None:
    cancel_booking(booking, reason=request.POST["reason"], actor=request.actor, at=clock.now())


def _sure_page(request: HttpRequest, chosen: list[Any]) -> HttpResponse:
    """Which bookings would be cancelled, and what each gives back."""
    rows = []
    for one in chosen:
        paid = one.state == one.State.CONFIRMED and one.payment_method not in ("order", "free")
        rows.append((one, may_cancel(request.actor, one), one.total_cents - one.forward_cents if paid else 0))
    asked = bool(request.POST.get("sure"))
    context = {
        "rows": rows,
        "back_cents": sum(cents for _one, may, cents in rows if may is True),
        "count": sum(may is True for _one, may, _cents in rows),
        "reason": request.POST.get("reason", ""),
        "reason_is_missing": asked,
        "query": request.GET.urlencode(),
    }
    return render(request, "registration/team/several.html", context, status=422 if asked else 200)


def _to_list(request: HttpRequest, event: Event) -> HttpResponseRedirect:
    """Back to the list, as it was sifted."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return HttpResponseRedirect(reverse("registration:team_list", args=[event.slug]) + query)


def _to_booking(booking: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("registration:team_booking", args=[booking.event.slug, booking.code]))
