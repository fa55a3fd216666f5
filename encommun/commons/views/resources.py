"""Resources, as everyone reads them."""

from django.http import HttpRequest, HttpResponse

from encommun.commons.queries import as_markdown, citation, filters_of, linked_data, resource_at, resources_of
from encommun.commons.rules import is_live
from encommun.events.pages import event_of, render
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_line
from encommun.ui.public_pages import public_page


@public_page("axe", "licence", "q", "page")
def commons(request: HttpRequest, event: str) -> HttpResponse:
    """What the gathering gives to all."""
    found = event_of(request, event)
    chosen = {
        "axis": clean_line(request.GET.get("axe", ""))[:60],
        "licence": clean_line(request.GET.get("licence", ""))[:20],
        "words": clean_line(request.GET.get("q", ""))[:100],
    }
    shown = resources_of(found, page=request.GET.get("page", 1), **chosen)
    context = {"resources": shown, "chosen": chosen, "is_filtered": any(chosen.values()), **filters_of(found)}
    return render(request, "commons/list.html", context)


@public_page()
def resource(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """One resource; when it was withdrawn, its address says so (410)."""
    found = resource_at(event_of(request, event), code)
    if not is_live(found):
        return render(request, "commons/withdrawn.html", {"resource": found}, status=410)
    context = {"resource": found, "cite": citation(found), "linked_data": linked_data(found)}
    return render(request, "commons/resource.html", context)


@public_page()
def markdown(request: HttpRequest, event: str, code: str) -> HttpResponse:
    """The text as a file."""
    found = resource_at(event_of(request, event), code)
    require(is_live(found))
    answer = HttpResponse(as_markdown(found), content_type="text/markdown; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{found.code}.md"'
    return answer
