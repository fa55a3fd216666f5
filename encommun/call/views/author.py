"""A proposal under its author's hand: draft, publication, changes, withdrawal, answer to the offer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from encommun.call import commands
from encommun.call.content import Content
from encommun.call.forms import HoursForm, LinkForm, MyselfForm, ProposalForm
from encommun.call.models import Help, Proposal, Suggestion
from encommun.call.queries import content_at, open_merges, presence_of, proposal_of_author, where_it_went
from encommun.call.refusals import NotComplete
from encommun.call.rules import (
    author_among,
    call_of,
    deadline_of,
    decision_of,
    may_answer_offer,
    may_edit,
    may_publish,
    may_save_draft,
    may_withdraw,
    released_decision,
)
from encommun.call.search import close_to
from encommun.events.models import Event
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.refusals import ChangedMeanwhile, Kind, NotFound, Refused

STATUS = {Kind.FORBIDDEN: 403, Kind.MISSING: 404, Kind.CONFLICT: 409, Kind.INVALID: 422}


def draft(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """One page, from the first words to the last change."""
    found = event_of(request, event)
    try:
        proposal = proposal_of_author(found, code, request.actor)
    except NotFound:
        if (there := where_it_went(found, code)) is not None:
            return redirect("call:draft", found.slug, there.code)
        return _lost(request)
    if request.method == "POST":
        return _save(request, found, proposal)
    author = author_among(request.actor, proposal)
    return _page(request, proposal, ProposalForm(initial=ProposalForm.values_of(proposal, author), event=found, proposal=proposal))


def _lost(request: HttpRequest) -> HttpResponse:
    """No such draft, or a session that ended: what was typed is in the page, and the link can be asked for."""
    names = {name: field.label for name, field in ProposalForm.base_fields.items() if not field.widget.is_hidden}
    names |= {f"q_{question.code}": str(question) for question in request.event.questions.all()}
    typed = [(label, ", ".join(request.POST.getlist(name))) for name, label in names.items() if request.POST.get(name, "").strip()]
    context = {"typed": typed, "form": LinkForm(initial={"email": request.actor.email})}
    return render(request, "call/lost.html", context, status=404)


def _save(request: HttpRequest, event: Event, proposal: Proposal, united: ProposalForm | None = None) -> HttpResponse:
    form = united or ProposalForm(request.POST, event=event, proposal=proposal)
    if not form.is_valid():
        return _page(request, proposal, form, 422)
    try:
        said = _carry_out(request, proposal, form)
    except ChangedMeanwhile as refused:
        return _both_texts(request, event, proposal, form, refused)
    except NotComplete as refused:
        for name, sentence in refused.details["missing"].items():
            form.add_error(name, sentence)
        form.carry_version(proposal.version)
        return _page(request, proposal, form, 422)
    except Refused as refused:
        form.refuse(refused)
        form.carry_version(proposal.version)
        return _page(request, proposal, form, STATUS[refused.kind])
    messages.success(request, said, extra_tags=_keep(proposal))
    return redirect("call:draft", event.slug, proposal.code)


def _keep(proposal: Proposal) -> str:
    """Names the form in the browser that keeps its text."""
    return f"call.{proposal.code}"


def _carry_out(request: HttpRequest, proposal: Proposal, form: ProposalForm) -> str:
    """Save, and publish if that is what was asked; answer what to say. A refused publication leaves the draft saved."""
    who = {"actor": request.actor, "at": clock.now()}
    content, version = form.content(), form.cleaned_data["version"]
    if proposal.state == Proposal.State.PUBLISHED:
        changed = commands.edit_proposal(proposal, content, version=version, **who)
        commands.introduce_author(proposal, **form.author(), door="call:draft", **who)
        return _("Your changes are public.") if changed else _("Saved.")
    commands.save_draft(proposal, content, version=version, **who)
    commands.introduce_author(proposal, **form.author(), door="call:draft", **who)
    if "publish" not in request.POST:
        return _("Your draft is saved.")
    commands.publish_proposal(proposal, version=proposal.version, **who)
    if proposal.state == Proposal.State.DRAFT:
        return _("Thank you! The team reads first proposals before everyone does; a letter tells you when yours is public.")
    return _("Your proposal is published. Thank you!")


def _both_texts(
    request: HttpRequest, event: Event, proposal: Proposal, form: ProposalForm, refused: ChangedMeanwhile
) -> HttpResponse:
    """Somebody saved first. What each changed elsewhere is united at once; where both changed a field, the page shows
    what it was, theirs and yours, and nothing is overwritten.
    """
    latest = proposal_of_author(event, proposal.code, request.actor)
    both = form.unite(content_at(latest, form.cleaned_data["version"]), Content.of(latest))
    form.carry_version(latest.version)
    if not both:
        united = ProposalForm(form.data, event=event, proposal=latest)
        messages.info(request, _("Somebody else saved at the same time, in other fields: both are kept."))
        return _save(request, event, latest, united)
    form.refuse(refused)
    return _page(request, latest, form, 409, both=both)


def _page(request: HttpRequest, proposal: Proposal, form: ProposalForm, status: int = 200, **more: object) -> HttpResponse:
    actor, at = request.actor, clock.now()
    context = {
        "proposal": proposal,
        "form": form,
        "keep": _keep(proposal),
        "is_draft": proposal.state == Proposal.State.DRAFT,
        "may_save": may_save_draft(actor, proposal) if proposal.state == Proposal.State.DRAFT else may_edit(actor, proposal),
        "may_publish": may_publish(actor, proposal, at),
        "deadline": deadline_of(proposal, at, actor) if call_of(proposal.event) is not None else None,
        "may_withdraw": may_withdraw(actor, proposal),
        "may_answer": may_answer_offer(actor, proposal),
        "decision": released_decision(proposal),
        "me": author_among(actor, proposal),
        "suggestions_waiting": proposal.suggestions.filter(state=Suggestion.State.WAITING).count(),
        "helps_waiting": proposal.helps.filter(state=Help.State.WAITING).count(),
        "merges": open_merges(proposal),
        "close": close_to(proposal) if proposal.state in (Proposal.State.DRAFT, Proposal.State.PUBLISHED) else [],
        "myself": MyselfForm(initial=form.initial),
    }
    return render(request, "call/draft.html", context | more, status=status)


@require_POST
def myself(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """How somebody who lends a hand is named."""
    found = event_of(request, event)
    proposal = proposal_of_author(found, code, request.actor)
    form = MyselfForm(request.POST)
    if not form.is_valid():
        author = author_among(request.actor, proposal)
        values = ProposalForm(initial=ProposalForm.values_of(proposal, author), event=found, proposal=proposal)
        return _page(request, proposal, values, 422, myself=form)
    commands.introduce_author(proposal, **form.author(), door="call:draft", actor=request.actor, at=clock.now())
    messages.success(request, _("Saved."))
    return redirect("call:draft", found.slug, proposal.code)


def hours(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """When an author can be there, when she would rather, and where she speaks from."""
    found = event_of(request, event)
    proposal = proposal_of_author(found, code, request.actor)
    author = author_among(request.actor, proposal)
    if author is None:
        raise NotFound()
    form = HoursForm(request.POST or None, event=found, said=presence_of(author))
    if request.method == "POST" and form.is_valid():
        commands.say_presence(proposal, form.said(), actor=request.actor, at=clock.now())
        messages.success(request, _("Thank you. You can change it here at any time."))
        return redirect("call:hours", found.slug, proposal.code)
    return render(request, "call/hours.html", {"form": form, "proposal": proposal}, status=form.status)


@require_POST
def autosave(request: HttpRequest, event: str, code: str) -> JsonResponse:
    """Save a draft while it is being written: the new version, or a sentence that says why not."""
    found = event_of(request, event)
    try:
        proposal = proposal_of_author(found, code, request.actor)
        form = ProposalForm(request.POST, event=found, proposal=proposal)
        if not form.is_valid():
            return JsonResponse({"code": "invalid", "detail": _sentence(form)}, status=422)
        at = clock.now()
        commands.save_draft(proposal, form.content(), version=form.cleaned_data["version"], actor=request.actor, at=at)
        commands.introduce_author(proposal, **form.author(), door="call:draft", actor=request.actor, at=at)
    except Refused as refused:
        return JsonResponse({"code": refused.code, "detail": refused.sentence}, status=STATUS[refused.kind])
    return JsonResponse({"version": proposal.version})


def _sentence(form: ProposalForm) -> str:
    """The first thing to mend, with the name of its field."""
    name, errors = next(iter(form.errors.items()))
    return f"{form.fields[name].label}: {errors[0]}" if name in form.fields else str(errors[0])


def withdraw(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Withdraw, after a page that says what it means."""
    found = event_of(request, event)
    proposal = proposal_of_author(found, code, request.actor)
    verdict = may_withdraw(request.actor, proposal)
    if request.method == "POST" and verdict is True:
        commands.withdraw_proposal(proposal, actor=request.actor, at=clock.now())
        messages.success(request, _("«{title}» is withdrawn.").format(title=proposal.title))
        return redirect("call:open", found.slug)
    context = {"proposal": proposal, "may_withdraw": verdict}
    return render(request, "call/withdraw.html", context, status=200 if verdict is True else 409)


@require_POST
def answer(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Confirm or decline the offer."""
    found = event_of(request, event)
    proposal = proposal_of_author(found, code, request.actor)
    accepts = request.POST.get("answer") == "accept"
    if not accepts and request.POST.get("answer") != "decline":
        messages.error(request, _("Choose: confirm or decline."))
        return redirect("call:draft", found.slug, proposal.code)
    merge = commands.answer_offer(proposal, accepts=accepts, actor=request.actor, at=clock.now())
    if request.POST.get("show_reason"):
        commands.show_reason(proposal, is_public=True, actor=request.actor, at=clock.now())
    if merge is not None:
        messages.success(request, _("Everybody who wrote one or the other is asked. Nothing changes before they all say yes."))
        return redirect("call:merge", found.slug, merge.code)
    is_place = accepts and decision_of(proposal).is_a_place
    messages.success(request, _("It is confirmed: see you there!") if is_place else _("It is noted. Thank you for telling us."))
    return redirect("call:draft", found.slug, proposal.code)


@require_POST
def reason(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """Show the team's reason to everyone, or no longer."""
    found = event_of(request, event)
    proposal = proposal_of_author(found, code, request.actor)
    shows = request.POST.get("act") == "show"
    commands.show_reason(proposal, is_public=shows, actor=request.actor, at=clock.now())
    messages.success(
        request, _("Everyone can read the team's reason now.") if shows else _("The team's reason is yours alone again.")
    )
    return redirect("call:draft", found.slug, proposal.code)
