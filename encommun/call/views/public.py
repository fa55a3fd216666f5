"""Proposals for everyone: the list, and a page each."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from encommun.call.queries import history_in_words, public_proposal, public_proposals
from encommun.call.refusals import Withdrawn
from encommun.call.rules import call_of, may_propose, released_decision
from encommun.events.pages import event_of, render
from encommun.foundation import clock
from encommun.foundation.text import clean_line
from encommun.ui.public_pages import public_page

A_PAGE = 24


@public_page("axe", "format", "q", "page")
def proposals(request: HttpRequest, event: str) -> HttpResponse:
    """All that is proposed, by axis, by format, by words."""
    found = event_of(request, event)
    chosen = {name: clean_line(request.GET.get(name, ""))[:100] for name in ("axe", "format", "q")}
    listed = public_proposals(found, axis=chosen["axe"], format=chosen["format"], words=chosen["q"])
    context = {
        "proposals": Paginator(listed, A_PAGE).get_page(request.GET.get("page")),
        "chosen": chosen,
        "is_filtered": any(chosen.values()),
        "axes": found.axes.all(),
        "formats": found.formats.all(),
        "may_propose": may_propose(found, clock.now()),
        "call": call_of(found),
    }
    return render(request, "call/list.html", context)


@public_page()
def proposal(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """One proposal, at its address for life: a withdrawn one says so (410)."""
    found = event_of(request, event)
    try:
        shown = public_proposal(found, code)
    except Withdrawn as refused:
        return render(request, "call/withdrawn.html", {"sentence": refused.sentence}, status=410)
    context = {"proposal": shown, "history": history_in_words(shown), "decision": released_decision(shown)}
    return render(request, "call/proposal.html", context)
