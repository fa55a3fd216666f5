"""Proposals for everyone: the list, and a page each."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from encommun.call.anonymity import as_everyone_sees, found_by_words, one_as_everyone_sees, wanted_as_everyone_sees
from encommun.call.forms import PART_CHOICES, SUGGESTED_LABELS
from encommun.call.queries import lineage_of, open_wanted, public_proposal, public_proposals, where_it_went, whole_history
from encommun.call.refusals import Merged, Withdrawn
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
    page = Paginator(found_by_words(listed, found, chosen["q"]), A_PAGE).get_page(request.GET.get("page"))
    page.object_list = as_everyone_sees(page.object_list, found)
    context = {
        "proposals": page,
        "chosen": chosen,
        "is_filtered": any(chosen.values()),
        "axes": found.axes.all(),
        "formats": found.formats.all(),
        "may_propose": may_propose(found, clock.now()),
        "call": call_of(found),
        "looked_for": open_wanted(found).count(),
    }
    return render(request, "call/list.html", context)


@public_page("part", "page")
def wanted(request: HttpRequest, event: str) -> HttpResponse:
    """All that proposals look for: people answer «I can»."""
    found = event_of(request, event)
    part = request.GET.get("part", "")
    parts = [(str(value), label) for value, label in PART_CHOICES]
    listed = open_wanted(found, part=part if part in dict(parts) else "")
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = wanted_as_everyone_sees(page.object_list, found)
    context = {"wanted": page, "part": part, "parts": parts}
    return render(request, "call/wanted.html", context)


@public_page()
def proposal(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """One proposal, at its address for life: a withdrawn one says so (410)."""
    found = event_of(request, event)
    try:
        shown = one_as_everyone_sees(public_proposal(found, code))
    except Merged:
        if (there := where_it_went(found, code)) is None:
            raise
        return redirect("call:proposal", found.slug, there.code, permanent=True)
    except Withdrawn as refused:
        return render(request, "call/withdrawn.html", {"sentence": refused.sentence}, status=410)
    context = {
        "proposal": shown,
        "history": whole_history(shown),
        "lineage": lineage_of(shown),
        "decision": released_decision(shown),
    }
    context["suggested"] = [(field, label) for field, label in SUGGESTED_LABELS.items() if getattr(shown, field)]
    return render(request, "call/proposal.html", context)
