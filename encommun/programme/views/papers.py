"""The programme on paper."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from encommun.events.pages import event_of
from encommun.foundation.refusals import NotFound
from encommun.programme.queries import latest_version, programme_of
from encommun.ui.public_pages import public_page

NAMES = ("programme", "poche", "grands-caracteres", "portes")


@public_page()
def paper(request: HttpRequest, event: str, paper: str) -> HttpResponse:
    """A PDF of the published programme, made once for each version and language."""
    found = event_of(request, event)
    version = latest_version(found)
    if version is None or paper not in NAMES:
        raise NotFound()
    whole = programme_of(found, version)

    def make() -> bytes:
        from encommun.programme.papers import programme_pdf  # loads typst: not at the start of every process

        return programme_pdf(whole, paper)

    answer = HttpResponse(whole.once(("paper", paper, get_language()), make), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.slug}-{paper}.pdf"'
    return answer
