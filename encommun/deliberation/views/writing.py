"""Writing a message, and what its writer does with it. Pages of their own: public pages are the same for everyone."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from encommun.deliberation import commands
from encommun.deliberation.forms import CommentForm, ReportForm, WordsForm
from encommun.deliberation.models import Comment
from encommun.deliberation.queries import comment_of_writer, comment_shown, follow_seen_by, talk_of, topic_of_row
from encommun.deliberation.rules import COMMENT_LINK, FOLLOW_LINK, is_open, may_change, may_comment, may_report
from encommun.deliberation.topic import Topic, topic_of
from encommun.events.models import Event
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import NotFound, Refused
from encommun.people.addresses import client_address
from encommun.people.commands import count_try
from encommun.people.links import open_link

HOUR = 3600


def write(request: HttpRequest, event: str, kind: str, code: str) -> HttpResponse:
    """Write about a topic, or answer a message (``?a=`` its code)."""
    found = event_of(request, event)
    topic = topic_of(found, kind, code)
    parent = _answered(topic, request.GET.get("a", ""))
    form = CommentForm(request.POST or None, actor=request.actor)
    may = may_comment(topic, talk_of(found, topic.kind), clock.now())
    if request.method == "POST" and form.is_valid():
        try:
            comment = _write(request, topic, parent, form)
        except Refused as refused:
            form.refuse(refused)
            return _write_page(request, topic, form, 409, parent=parent, may_write=may)
        return _written(request, topic, comment, _keep(topic, parent))
    return _write_page(request, topic, form, form.status, parent=parent, may_write=may)


def _answered(topic: Topic, code: str) -> Comment | None:
    if not code:
        return None
    found = comment_shown(topic.event, code)
    home = topic_of_row(found)
    if home is None or (home.kind, home.code) != (topic.kind, topic.code):
        raise NotFound()
    return found


def _write(request: HttpRequest, topic: Topic, parent: Comment | None, form: CommentForm) -> Comment:
    at = clock.now()
    count_try("deliberation.comment", client_address(request), at=at, most=60, seconds=HOUR)
    count_try("deliberation.comment_email", form.cleaned_data["email"], at=at, most=20, seconds=HOUR)
    return commands.write_comment(topic, **form.comment(), parent=parent, actor=request.actor, at=at)


def _keep(topic: Topic, parent: Comment | None) -> str:
    """Names the form in the browser that keeps its text."""
    return f"comment.{topic.event.slug}.{topic.code}" + (f".{parent.code}" if parent is not None else "")


def _written(request: HttpRequest, topic: Topic, comment: Comment, keep: str) -> HttpResponse:
    if comment.state == Comment.State.SHOWN:
        messages.success(request, _("Your message is there. You can change it or take it away on this page."), extra_tags=keep)
        return redirect("deliberation:comment", topic.event.slug, comment.code)
    if comment.state == Comment.State.WAITING:
        said = _("Thank you. The team reads first messages before everyone does: yours appears soon.")
        messages.success(request, said, extra_tags=keep)
        return redirect("deliberation:comment", topic.event.slug, comment.code)
    said = _("One more click: open the letter that we have just sent to {email}, and your message appears.")
    messages.success(request, said.format(email=comment.email), extra_tags=keep)
    return redirect("deliberation:write", topic.event.slug, topic.slug, topic.code)


def _write_page(request: HttpRequest, topic: Topic, form: CommentForm, status: int, **more: Any) -> HttpResponse:
    return render(
        request,
        "deliberation/write.html",
        {"topic": topic, "form": form, "keep": _keep(topic, more.get("parent")), **more},
        status=status,
    )


def open_comment(request: HttpRequest, event: str, comment: str, token: str) -> HttpResponse:
    """The link of a letter: it opens one's own message."""
    found = event_of(request, event)
    written = Comment.objects.filter(event=found, code=comment).exclude(email="").first()
    if written is None:
        raise NotFound()
    open_link(request, COMMENT_LINK, written.code, token)
    return redirect("deliberation:comment", found.slug, written.code)


def comment(request: HttpRequest, event: str, comment: str) -> HttpResponse:
    """One's own message: confirm it, say it otherwise, take it away."""
    found = event_of(request, event)
    try:
        written = comment_of_writer(request.actor, found, comment)
    except NotFound:
        return render(request, "deliberation/not_yours.html", {"typed": request.POST.get("words", "")}, status=404)
    act = request.POST.get("act", "")
    if act == "confirm":
        return _confirm(request, found, written)
    if act == "withdraw":
        commands.withdraw_comment(written, actor=request.actor, at=clock.now())
        messages.success(request, _("Your message is gone. Its place says that it was withdrawn."))
        return _to_topic(found, written)
    form = WordsForm(request.POST if act == "change" else None, initial=_initial(written))
    if act == "change" and form.is_valid():
        try:
            commands.change_comment(written, **form.cleaned_data, actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused)
            return _comment_page(request, written, form, 409)
        messages.success(request, _("Your message is changed."), extra_tags=f"comment.{written.code}")
        return redirect("deliberation:comment", found.slug, written.code)
    return _comment_page(request, written, form, form.status)


def _initial(written: Comment) -> dict[str, Any]:
    return {"words": written.words, "name": written.author_name, "publish_name": written.name_is_public}


def _confirm(request: HttpRequest, found: Event, written: Comment) -> HttpResponse:
    try:
        commands.confirm_comment(written, actor=request.actor, at=clock.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
        return _comment_page(request, written, WordsForm(initial=_initial(written)), 409)
    messages.success(request, _("Thank you, your message is confirmed."))
    return redirect("deliberation:comment", found.slug, written.code)


def _to_topic(found: Event, written: Comment) -> HttpResponse:
    topic = topic_of_row(written)
    return redirect(f"{topic.address}#echanges" if topic is not None else "web:event_home", *([] if topic else [found.slug]))


def _comment_page(request: HttpRequest, written: Comment, form: WordsForm, status: int) -> HttpResponse:
    talk = talk_of(written.event, written.topic_kind)
    context = {
        "comment": written,
        "topic": topic_of_row(written),
        "form": form,
        "keep": f"comment.{written.code}",
        "former": written.former_words.all(),
        "may_change": may_change(request.actor, written, talk, clock.now()),
        "is_open": is_open(talk, clock.now()),
    }
    return render(request, "deliberation/comment.html", context, status=status)


def report(request: HttpRequest, event: str, comment: str) -> HttpResponse:
    """«Signaler»: a reason and a word; who reports is not kept."""
    found = event_of(request, event)
    written = comment_shown(found, comment)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            count_try("deliberation.report", client_address(request), at=clock.now(), most=20, seconds=HOUR)
            commands.report_comment(written, **form.report(), actor=request.actor, at=clock.now())
        except Refused as refused:
            form.refuse(refused)
            return _report_page(request, written, form, 409)
        messages.success(request, _("Thank you. The team looks at it, and the message stays until then."))
        return redirect("deliberation:report", found.slug, written.code)
    return _report_page(request, written, form, form.status)


def _report_page(request: HttpRequest, written: Comment, form: ReportForm, status: int) -> HttpResponse:
    context = {"comment": written, "topic": topic_of_row(written), "form": form, "may_report": may_report(written)}
    return render(request, "deliberation/report.html", context, status=status)


def open_follow(request: HttpRequest, event: str, follow: str, token: str) -> HttpResponse:
    """The link at the end of a daily letter: it leads to where one stops it."""
    found = event_of(request, event)
    open_link(request, FOLLOW_LINK, follow, token)
    return redirect("deliberation:follow", found.slug, follow)


def follow(request: HttpRequest, event: str, follow: str) -> HttpResponse:
    """Two buttons: be told no more of this, or of nothing."""
    found = event_of(request, event)
    followed = follow_seen_by(request.actor, found, follow)
    if request.method == "POST":
        everything = request.POST.get("act") == "everything"
        commands.stop_following(followed, everything=everything, actor=request.actor, at=clock.now())
        messages.success(request, _("It is noted: no more letter about it."))
        return redirect("deliberation:follow", found.slug, follow)
    return render(request, "deliberation/follow.html", {"follow": followed, "topic": topic_of_row(followed)})
