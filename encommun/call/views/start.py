"""The call, its two-field start, and the ways back to a draft."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from encommun.call import commands
from encommun.call.forms import LinkForm, StartForm
from encommun.call.models import LateLink, Proposal
from encommun.call.queries import proposals_of, where_it_went
from encommun.call.refusals import DraftMadeAlready
from encommun.call.rules import LATE_LINK, LINK, call_of, may_propose, open_until
from encommun.events.models import Event
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import NotFound, Refused
from encommun.foundation.signing import link_token
from encommun.journal.commands import once
from encommun.journal.commands.once import KeyUsedForAnother
from encommun.people.addresses import client_address
from encommun.people.commands import count_try
from encommun.people.links import give_link, open_link

HOUR = 3600


def open_call(request: HttpRequest, event: str) -> HttpResponse:
    """What is asked, until when; and two fields to begin."""
    found = event_of(request, event)
    if request.method == "POST":
        return _start(request, found)
    return _page(request, found, StartForm(initial={"email": request.actor.email}))


def _start(request: HttpRequest, event: Event) -> HttpResponse:
    form = StartForm(request.POST)
    if not form.is_valid():
        return _page(request, event, form, form.status)
    try:
        code = _make(request, event, form)
    except KeyUsedForAnother:
        form.refuse(DraftMadeAlready())
        form.draw_again(key=uuid4().hex)
        return _page(request, event, form, 409)
    except Refused as refused:
        form.refuse(refused)
        return _page(request, event, form, 409)
    said = _("Your draft is kept. We have sent its link to {email}.").format(email=form.cleaned_data["email"])
    messages.success(request, said, extra_tags=_keep(event))
    return redirect("call:draft", event.slug, code)


def _keep(event: Event) -> str:
    """Names the form in the browser that keeps its text."""
    return f"call.start.{event.slug}"


def _make(request: HttpRequest, event: Event, form: StartForm) -> str:
    """The code of the draft; the same page sent twice makes one."""
    at, data = clock.now(), form.cleaned_data
    count_try("call.start", client_address(request), at=at, most=60, seconds=HOUR)
    count_try("call.start_email", data["email"], at=at, most=10, seconds=HOUR)
    typed = {name: data[name] for name in ("title", "intention", "email")}

    def act() -> dict[str, str]:
        proposal = commands.start_draft(event, **typed, language=request.language, actor=request.actor, at=at)
        return {"code": proposal.code, "author": proposal.authors.get().code}

    answer, _ran = once(f"call.start:{event.pk}", data["key"], typed, at=at, act=act)
    give_link(request, LINK, answer["author"])
    return answer["code"]


def _page(request: HttpRequest, event: Event, form: StartForm, status: int = 200) -> HttpResponse:
    call = call_of(event)
    if call is None:
        raise NotFound()
    context = {
        "call": call,
        "form": form,
        "keep": _keep(event),
        "axes": event.axes.all(),
        "formats": event.formats.all(),
        "until": open_until(event, clock.now(), request.actor),
        "may_propose": may_propose(event, clock.now(), request.actor),
        "extensions": call.extensions.all(),
        "mine": proposals_of(request.actor, event),
    }
    return render(request, "call/open.html", context, status=status)


def open_draft(request: HttpRequest, event: str, code: str, token: str) -> HttpResponse:
    """The link of a letter: the session may open the proposal from now on, and the secret leaves the address."""
    found = event_of(request, event)
    proposal = where_it_went(found, code) or Proposal.objects.filter(event=found, code=code).first()
    if proposal is None:
        raise NotFound()
    for author in proposal.authors.exclude(email=""):
        if token == link_token(LINK, author.code, author.link_epoch):
            break
    else:
        raise NotFound()
    open_link(request, LINK, author.code, token, author.link_epoch)
    return redirect("call:draft", found.slug, proposal.code)


def open_late(request: HttpRequest, event: str, late: str, token: str) -> HttpResponse:
    """The address for those who are late: the call opens for this session."""
    found = event_of(request, event)
    link = LateLink.objects.filter(call__event=found, code=late, ended_at=None).first()
    if link is None:
        raise NotFound()
    open_link(request, LATE_LINK, link.code, token)
    return redirect("call:open", found.slug)


def ask_link(request: HttpRequest, event: str) -> HttpResponse:
    """Ask for one's links again. The answer is the same whether the address is known or not."""
    found = event_of(request, event)
    if call_of(found) is None:
        raise NotFound()
    form = LinkForm(request.POST or None, initial={"email": request.actor.email})
    if request.method == "POST" and form.is_valid() and not form.is_spam:
        at, email = clock.now(), form.cleaned_data["email"]
        try:
            count_try("call.link", client_address(request), at=at, most=30, seconds=HOUR)
            count_try("call.link_email", email, at=at, most=5, seconds=HOUR)
        except Refused as refused:
            form.refuse(refused)
            return render(request, "call/ask_link.html", {"form": form}, status=409)
        commands.ask_for_links(found, email=email, actor=request.actor, at=at)
        messages.success(request, _("If proposals were begun with this address, their links are on their way to it."))
        return redirect("call:open", found.slug)
    return render(request, "call/ask_link.html", {"form": form}, status=form.status)
