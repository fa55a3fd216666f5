"""Looking after what is written: the queue, the journal, and how people may write."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.deliberation import commands
from encommun.deliberation.forms import TalkForm
from encommun.deliberation.models import Comment, Reason
from encommun.deliberation.queries import moderated, removals, talk_of, to_moderate
from encommun.deliberation.topic import TopicKind, kind_named, kinds
from encommun.events.models import Event
from encommun.events.pages import render, team_event_of
from encommun.foundation import clock
from encommun.foundation.actor import Role
from encommun.foundation.clock import end_of_day
from encommun.foundation.refusals import NotFound, Refused


def moderation(request: HttpRequest, event: str) -> HttpResponse:
    """What waits, what was done, and how people may write."""
    found = team_event_of(request, event, Role.COORDINATION)
    return _page(request, found)


def _page(request: HttpRequest, event: Event, status: int = 200, **forms: TalkForm) -> HttpResponse:
    context = {
        "waiting": to_moderate(request.actor, event),
        "journal": moderated(request.actor, event),
        "removals": removals(event),
        "reasons": Reason.choices,
        "talks": [(kind, forms.get(kind.slug) or _form(event, kind)) for kind in kinds().values()],
    }
    return render(request, "deliberation/team.html", context, status=status)


def _form(event: Event, kind: TopicKind) -> TalkForm:
    talk = talk_of(event, kind.kind)
    if talk is None:
        return TalkForm(prefix=kind.slug, initial={"is_open": True})
    closes_on = talk.closes_at.astimezone(event.zone).date() if talk.closes_at else None
    return TalkForm(prefix=kind.slug, initial={"is_open": talk.is_open, "closes_on": closes_on, "reads_first": talk.reads_first})


@require_POST
def set_talk(request: HttpRequest, event: str, kind: str) -> HttpResponse:
    """Open or close messages, and say whether first messages wait."""
    found = team_event_of(request, event, Role.COORDINATION)
    about = kind_named(kind)
    form = TalkForm(request.POST, prefix=about.slug)
    if not form.is_valid():
        return _page(request, found, 422, **{about.slug: form})
    day = form.cleaned_data["closes_on"]
    closes_at: datetime | None = end_of_day(day, found.zone) if day else None
    said = {"is_open": form.cleaned_data["is_open"], "reads_first": form.cleaned_data["reads_first"]}
    commands.set_talk(found, about.kind, **said, closes_at=closes_at, actor=request.actor, at=clock.now())
    messages.success(request, _("It is noted."))
    return redirect("deliberation:team", found.slug)


ACTS = {"let_in": commands.let_in_comment, "keep": commands.keep_comment, "put_back": commands.put_back_comment}


@require_POST
def moderate(request: HttpRequest, event: str, comment: str) -> HttpResponse:
    """One message: let it in, keep it, remove it with a reason, put it back."""
    found = team_event_of(request, event, Role.COORDINATION)
    written = Comment.objects.filter(event=found, code=comment).first()
    if written is None:
        raise NotFound()
    act, at = request.POST.get("act", ""), clock.now()
    try:
        if act in ACTS:
            ACTS[act](written, actor=request.actor, at=at)
        else:
            commands.remove_comment(written, reason=request.POST.get("reason", ""), actor=request.actor, at=at)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("deliberation:team", found.slug)
    messages.success(request, _("It is done."))
    return redirect("deliberation:team", found.slug)
