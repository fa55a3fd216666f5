"""«I am interested»: a button for somebody signed in, an address for anybody else; nobody else ever sees it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from encommun.deliberation import commands
from encommun.deliberation.forms import InterestForm
from encommun.deliberation.models import Interest
from encommun.deliberation.queries import interests_of, is_interested
from encommun.deliberation.rules import INTEREST_LINK
from encommun.deliberation.topic import Topic, topic_named, topic_of
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import NotFound, Refused
from encommun.foundation.signing import check_link
from encommun.people.addresses import client_address
from encommun.people.commands import count_try

HOUR = 3600


def interest(request: HttpRequest, event: str, kind: str, code: str) -> HttpResponse:
    """Say it, or take it back."""
    found = event_of(request, event)
    topic = topic_of(found, kind, code)
    if request.method == "POST" and request.actor.is_signed_in:
        return _toggle(request, topic)
    form = InterestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            at = clock.now()
            count_try("deliberation.interest", client_address(request), at=at, most=120, seconds=HOUR)
            count_try("deliberation.interest_email", form.cleaned_data["email"], at=at, most=20, seconds=HOUR)
            commands.be_interested(topic, email=form.cleaned_data["email"], actor=request.actor, at=at)
        except Refused as refused:
            form.refuse(refused)
            return _page(request, topic, form, 409)
        said = _("One more click: open the letter that we have just sent to {email}.")
        messages.success(request, said.format(email=form.cleaned_data["email"]))
        return redirect("deliberation:interest", found.slug, topic.slug, topic.code)
    return _page(request, topic, form, form.status)


def _toggle(request: HttpRequest, topic: Topic) -> HttpResponse:
    if request.POST.get("act") == "forget":
        commands.forget_interest(topic, actor=request.actor, at=clock.now())
        messages.success(request, _("It is forgotten."))
    else:
        commands.be_interested(topic, email=request.actor.email, actor=request.actor, at=clock.now())
        messages.success(request, _("It is noted: you alone see it, and the programme is built so that you can come."))
    return redirect("deliberation:interest", topic.event.slug, topic.slug, topic.code)


def _page(request: HttpRequest, topic: Topic, form: InterestForm, status: int) -> HttpResponse:
    context = {
        "topic": topic,
        "form": form,
        "is_interested": is_interested(request.actor, topic),
        "mine": interests_of(request.actor.email, topic.event) if request.actor.is_signed_in else [],
    }
    return render(request, "deliberation/interest.html", context, status=status)


@csrf_exempt  # the token of the letter is the proof: it works where no cookie is kept
def open_interest(request: HttpRequest, event: str, interest: str, token: str) -> HttpResponse:
    """The link of a letter, without session: confirm, or take back."""
    found = event_of(request, event)
    marked = Interest.objects.filter(event=found, code=interest).select_related("event").first()
    if marked is None:
        raise NotFound()
    check_link(INTEREST_LINK, marked.code, token)
    done = ""
    if request.method == "POST" and request.POST.get("act") == "forget":
        commands.drop_interest(marked, actor=request.actor, at=clock.now())
        done = "forgotten"
    elif request.method == "POST":
        commands.confirm_interest(marked, actor=request.actor, at=clock.now())
    context = {
        "interest": marked,
        "done": done,
        "topic": topic_named(found, marked.topic_kind, marked.topic_code),
        "mine": interests_of(marked.email, found) if marked.proven_at else [],
    }
    return render(request, "deliberation/own_interest.html", context)


def mine(request: HttpRequest, event: str) -> HttpResponse:
    """What the person signed in has marked."""
    found = event_of(request, event)
    topics = interests_of(request.actor.email, found) if request.actor.is_signed_in else []
    return render(request, "deliberation/interests.html", {"topics": topics})
