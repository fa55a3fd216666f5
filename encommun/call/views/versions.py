"""Former versions of a proposal for its authors; what changed for those who follow; a feed."""

from urllib.parse import urlencode
from xml.etree import ElementTree as ET

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from encommun.call import commands
from encommun.call.anonymity import one_as_everyone_sees
from encommun.call.content import Content
from encommun.call.forms import ProposalForm
from encommun.call.models import Reading
from encommun.call.queries import (
    Names,
    changes_in_words,
    fields_changed,
    history_in_words,
    proposal_of_author,
    public_proposal,
    unread_of,
    version_of,
    versions_of,
)
from encommun.events.models import Event
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import Refused
from encommun.ui.public_pages import public_page

ATOM = "http://www.w3.org/2005/Atom"


def versions(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Every version, who saved it and what changed, in words."""
    found = event_of(request, event)
    proposal = proposal_of_author(found, code, request.actor)
    listed = versions_of(proposal, request.actor)
    names, rows = Names(found), []
    for revision, former in zip(listed, [*listed[1:], None], strict=True):
        changes = changes_in_words(former.fields, revision.fields, names) if former is not None else [_("Begun.")]
        rows.append((revision, changes or [_("Published.")]))
    return render(request, "call/versions.html", {"proposal": proposal, "versions": rows})


def version(request: HttpRequest, event: str, code: str, number: int) -> HttpResponse:
    """One version: what it changed, word by word; and the way to take it back."""
    found = event_of(request, event)
    proposal = proposal_of_author(found, code, request.actor)
    revision, former = version_of(proposal, number, request.actor)
    status = 200
    if request.method == "POST":
        try:
            seen = (
                int(request.POST["version"])
                if request.POST.get("version", "").isascii() and request.POST.get("version", "").isdigit()
                else 0
            )
            commands.take_version_back(proposal, number=number, version=seen, actor=request.actor, at=clock.now())
        except Refused as refused:
            messages.error(request, refused.sentence)
            proposal, status = proposal_of_author(found, code, request.actor), 409
        else:
            messages.success(request, _("This text is the present one again. The one before it is kept too."))
            return redirect("call:draft", found.slug, proposal.code)
    content = Content.kept(revision.fields)
    context = {
        "proposal": proposal,
        "revision": revision,
        "changed": _labelled(former, content),
        "from_now": _labelled(Content.of(proposal), content),
    }
    return render(request, "call/version.html", context, status=status)


def _labelled(before: Content, after: Content) -> list[tuple[str, object, object]]:
    fields = ProposalForm.base_fields
    names = fields_changed(before, after)
    shown = [(name, _shown(name, getattr(before, name)), _shown(name, getattr(after, name))) for name in names if name != "answers"]
    plain = [(fields[name].label, former, later) for name, former, later in shown]
    return plain + ([(_("Answers to the team"), _lines(before.answers), _lines(after.answers))] if "answers" in names else [])


def _shown(name: str, value: object) -> object:
    if not isinstance(value, list):
        return value
    labels = dict(ProposalForm.base_fields[name].choices)
    return ", ".join(str(labels.get(one, one)) for one in value)


def _lines(answers: dict[str, object]) -> str:
    return "\n".join(str(answer) for answer in answers.values())


def unread(request: HttpRequest, event: str) -> HttpResponse:
    """What changed since one last read, in the proposals that one wrote or follows."""
    found = event_of(request, event)
    if not request.actor.is_signed_in:
        return _sign_in(request)
    listed = unread_of(request.actor, found)
    if request.method == "POST":
        for one in listed:
            if one.since and str(one.proposal.version) == request.POST.get(one.proposal.code):
                commands.note_reading(one.proposal, actor=request.actor, at=clock.now())
        return redirect("call:unread", found.slug)
    return render(request, "call/unread.html", {"unread": listed, "has_news": any(one.since for one in listed)})


def follow(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Follow a proposal, or stop."""
    found = event_of(request, event)
    if not request.actor.is_signed_in:
        return _sign_in(request)
    proposal = public_proposal(found, code)
    if request.method == "POST":
        follows = request.POST.get("follow") == "yes"
        by_letter = request.POST.get("letter") == "yes"
        commands.follow_proposal(proposal, follows=follows, by_letter=by_letter, actor=request.actor, at=clock.now())
        return redirect("call:unread" if follows else "call:follow", *([found.slug] if follows else [found.slug, proposal.code]))
    follows = Reading.objects.filter(account_id=request.actor.account_id, proposal=proposal).exists()
    return render(request, "call/follow.html", {"proposal": one_as_everyone_sees(proposal), "follows": follows})


def _sign_in(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': request.get_full_path()})}")


@public_page()
def history_feed(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The changes of one proposal, as Atom (RFC 4287): the latest first."""
    found = event_of(request, event)
    proposal = one_as_everyone_sees(public_proposal(found, code))
    steps = history_in_words(proposal)
    address = settings.CONFIG.base_url + reverse("call:proposal", args=[found.slug, proposal.code])
    body = _atom(found, proposal.title, address, steps)
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")


def _atom(event: Event, title: str, address: str, steps: list) -> bytes:
    feed = ET.Element(f"{{{ATOM}}}feed", {"xml:lang": get_language() or "fr"})
    _line(feed, "id", address)
    _line(feed, "title", _("{title}: its history").format(title=title))
    _line(feed, "updated", steps[-1].at.isoformat() if steps else clock.now().isoformat())
    _line(_line(feed, "author", ""), "name", event.name)
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "alternate", "href": address})
    ET.SubElement(feed, f"{{{ATOM}}}link", {"rel": "self", "href": f"{address}historique.atom"})
    for step in reversed(steps):
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _line(entry, "id", f"{address}#version-{step.version}")
        _line(entry, "title", step.changes[0])
        _line(entry, "updated", step.at.isoformat())
        ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "href": f"{address}#version-{step.version}"})
        _line(entry, "summary", step.sentence)
    ET.register_namespace("", ATOM)
    return ET.tostring(feed, encoding="utf-8", xml_declaration=True)


def _line(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = text
    return element
