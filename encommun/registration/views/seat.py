"""One pass, for the person who comes with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.codes import read_code
from encommun.foundation.refusals import NotFound, Refused, require
from encommun.foundation.signing import check_link, link_token
from encommun.people.commands import count_try
from encommun.people.links import give_link
from encommun.privacy.queries import consents_of
from encommun.registration.calendars import of_seat
from encommun.registration.commands import answer_questions, cancel_seat, change_day, hand_over_pass, name_seat, resend_seat_link
from encommun.registration.forms import DayForm, HandOverForm, NameForm, QuestionsForm
from encommun.registration.models import Seat
from encommun.registration.queries import (
    answers_in_words,
    answers_of,
    other_days,
    questions_of,
    seat_seen_by,
    terms_of,
    venues_of,
    workshops_of,
)
from encommun.registration.refusals import AddressFirst, LinkReplaced
from encommun.registration.rules import (
    SEAT_LINK,
    acts_for_team,
    is_holder,
    may_answer,
    may_cancel_seat,
    may_change_day,
    may_hand_over,
    may_name_seat,
    may_see_booking,
    seat_refund_of,
    seat_subject,
)


def seat(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The person's pass: name, days, ticket; she may write her own name."""
    found = seat_seen_by(request.actor, event_of(request, event), code)
    typed = {"holder_name": found.holder_name, "holder_email": found.holder_email}
    hers = is_holder(request.actor, found)
    form = NameForm(request.POST if request.method == "POST" else None, initial=typed, is_mine=hers)
    if request.method == "POST" and form.is_valid():
        try:
            named = name_seat(found, **form.cleaned_data, actor=request.actor, at=clock.now())
            if hers:  # her link was replaced by the one of her new address
                give_link(request, SEAT_LINK, seat_subject(named))
            messages.success(request, _("The pass is in the name of {name}.").format(name=form.cleaned_data["holder_name"]))
            return _to_seat(found)
        except Refused as refused:
            form.refuse(refused)
    return _page(request, found, form)


def calendar(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The days of the pass and its workshops, for the person's own calendar."""
    found = seat_seen_by(request.actor, event_of(request, event), code)
    if not is_holder(request.actor, found):
        raise NotFound()
    body = of_seat(found, workshops_of(found), venues_of(found.booking.event))
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.booking.event.slug}-{found.code}.ics"'
    return answer


@require_POST
def resend(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Send the link of a pass once more to who holds it."""
    found = seat_seen_by(request.actor, event_of(request, event), code)
    at = clock.now()
    count_try("seat.link", found.code, at=at, most=5, seconds=3600)
    resend_seat_link(found, actor=request.actor, at=at)
    messages.success(request, _("The link is on its way to the person."))
    return HttpResponseRedirect(reverse("registration:booking", args=[found.booking.event.slug, found.booking.code]))


def answers(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """What the team asks of who comes, and her answers: for her alone."""
    found = seat_seen_by(request.actor, event_of(request, event), code)
    if not is_holder(request.actor, found):
        raise NotFound()
    if not found.holder_email:
        messages.info(request, AddressFirst().sentence)
        return HttpResponseRedirect(f"{_to_seat(found).url}#who")
    require(may_answer(request.actor, found))
    questions = questions_of(found.booking.event, found.pass_type)
    form = QuestionsForm(request.POST or None, questions=questions, answers=answers_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            answer_questions(found, form.answers(), actor=request.actor, at=clock.now())
            messages.success(request, _("Thank you: your answers are kept, for the team only."))
            return _to_seat(found)
        except Refused as refused:
            form.refuse(refused)
    return render(request, "registration/answers.html", {"seat": found, "form": form}, status=form.status)


def change(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Come on another day."""
    found = seat_seen_by(request.actor, event_of(request, event), code)
    at, terms = clock.now(), terms_of(found.booking.event)
    form = DayForm(request.POST if request.method == "POST" else None, days=other_days(found))
    if request.method == "POST" and form.is_valid():
        try:
            change_day(found, day=form.day, actor=request.actor, at=at)
            messages.success(
                request, _("The day is changed: the new ticket comes by e-mail, the former one no longer opens the door.")
            )
            return _to_seat(found)
        except Refused as refused:
            form.refuse(refused)
    context = {"seat": found, "form": form, "may_change": may_change_day(request.actor, found, terms=terms, at=at)}
    return render(request, "registration/change_day.html", context, status=form.status)


def hand_over(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Give the pass to somebody else."""
    found = seat_seen_by(request.actor, event_of(request, event), code)
    at, terms = clock.now(), terms_of(found.booking.event)
    form = HandOverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            hand_over_pass(found, **form.cleaned_data, actor=request.actor, at=at)
            name = form.cleaned_data["holder_name"]
            messages.success(request, _("The pass now belongs to {name}, who receives it by e-mail.").format(name=name))
            return HttpResponseRedirect(reverse("registration:passes", args=[found.booking.event.slug]))
        except Refused as refused:
            form.refuse(refused)
    context = {"seat": found, "form": form, "may_hand_over": may_hand_over(request.actor, found, terms=terms, at=at)}
    return render(request, "registration/hand_over.html", context, status=form.status)


def cancel(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """What cancelling this pass alone gives back, said before; then the cancellation itself."""
    found = seat_seen_by(request.actor, event_of(request, event), code)
    booking, at = found.booking, clock.now()
    if may_see_booking(request.actor, booking) is not True:
        raise NotFound()
    to_booking = HttpResponseRedirect(reverse("registration:booking", args=[booking.event.slug, booking.code]))
    if request.method == "POST":
        try:
            cancel_seat(found, actor=request.actor, at=at)
            messages.success(request, _("The pass is cancelled, its place goes to somebody else. The others stay as they are."))
        except Refused as refused:
            messages.error(request, refused.sentence)
        return to_booking
    terms, others = terms_of(booking.event), list(booking.seats.exclude(pk=found.pk).select_related("pass_type"))
    by_team = acts_for_team(request.actor, booking)
    percent, cents = (100, found.price_cents) if by_team else seat_refund_of(found, terms=terms, at=at)
    context = {
        "seat": found,
        "terms": terms,
        "percent": percent,
        "cents": cents,
        "others": others,
        "may_cancel": may_cancel_seat(request.actor, found, others, terms=terms, at=at),
    }
    return render(request, "registration/cancel_seat.html", context)


def _page(request: HttpRequest, found: Seat, form: NameForm) -> HttpResponse:
    actor, at, terms = request.actor, clock.now(), terms_of(found.booking.event)
    others = list(found.booking.seats.exclude(pk=found.pk))
    questions = questions_of(found.booking.event, found.pass_type)
    context = {
        "may_change": may_change_day(actor, found, terms=terms, at=at),
        "may_hand_over": may_hand_over(actor, found, terms=terms, at=at),
        "seat": found,
        "form": form,
        "may_name": may_name_seat(actor, found),
        "sees_booking": may_see_booking(actor, found.booking) is True,
        "is_holder": is_holder(actor, found),
        "questions": questions,
        "workshops": workshops_of(found) if is_holder(actor, found) else [],
        "answers": answers_in_words(found) if is_holder(actor, found) else [],
        "consents": [one for one in consents_of(actor) if one.event_id == found.booking.event_id],
        "may_cancel": may_cancel_seat(actor, found, others, terms=terms, at=at),
        "venues": venues_of(found.booking.event),
        "to_answer": bool(questions) and found.answered_at is None,
    }
    return render(request, "registration/seat.html", context, status=form.status)


def _to_seat(found: Seat) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("registration:seat", args=[found.booking.event.slug, found.code]))


def link(request: HttpRequest, event: str, code: str, token: str) -> HttpResponse:
    """Open the link of a letter, and go on to the plain address."""
    found = event_of(request, event)
    seat = Seat.objects.filter(booking__event=found, code=read_code(code)).first()
    if seat is None:
        raise NotFound()
    try:
        check_link(SEAT_LINK, seat.code, token, seat.link_epoch)
    except NotFound:
        if any(token.lower() == link_token(SEAT_LINK, seat.code, epoch) for epoch in range(seat.link_epoch)):
            raise LinkReplaced() from None
        raise
    give_link(request, SEAT_LINK, seat_subject(seat))
    return HttpResponseRedirect(reverse("registration:seat", args=[found.slug, seat.code]))
