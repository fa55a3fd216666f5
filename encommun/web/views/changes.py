"""What changes on the public pages of an event: a page and a feed, for all of it or for one kind of pages."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lxml import etree
from lxml.builder import ElementMaker

from encommun.events.pages import event_of, render
from encommun.opendata.days import xml_text
from encommun.ui.public_pages import public_page
from encommun.web.queries.changes import A_PAGE, BY_SLUG, SUBJECTS, in_sentences, public_changes

E = ElementMaker(namespace="http://www.w3.org/2005/Atom", nsmap={None: "http://www.w3.org/2005/Atom"})
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@public_page("quoi", "page")
def changes(request: HttpRequest, event: str) -> HttpResponse:
    """Changes in sentences, the latest first."""
    found = event_of(request, event)
    subject = request.GET.get("quoi", "")
    page = Paginator(public_changes(found, subject), A_PAGE).get_page(request.GET.get("page"))
    told = in_sentences(found, page.object_list)
    context = {"changes": told, "page_of": page, "subjects": SUBJECTS, "subject": subject if subject in BY_SLUG else ""}
    return render(request, "web/changes.html", context)


@public_page("quoi")
def feed(request: HttpRequest, event: str) -> HttpResponse:
    """The same as Atom (RFC 4287)."""
    found = event_of(request, event)
    subject = request.GET.get("quoi", "")
    subject = subject if subject in BY_SLUG else ""
    base, sifted = settings.CONFIG.base_url, f"?quoi={subject}" if subject else ""
    here = base + reverse("events:changes_feed", args=[found.slug]) + sifted
    told = in_sentences(found, public_changes(found, subject)[:100])
    title = _("{name}: what changes").format(name=found.name)
    made = E.feed(
        E.id(here),
        E.title(xml_text(f"{title} · {BY_SLUG[subject].label}" if subject else title)),
        E.updated(told[0].at.isoformat() if told else f"{found.starts_on.isoformat()}T00:00:00Z"),
        E.author(E.name(xml_text(found.name))),
        E.link(href=here, rel="self", type="application/atom+xml"),
        E.link(href=base + reverse("events:changes", args=[found.slug]) + sifted, rel="alternate", type="text/html"),
        *(
            E.entry(
                E.id(f"{base}{reverse('events:changes', args=[found.slug])}#{one.key}"),
                E.title(xml_text(one.title)),
                E.updated(one.at.isoformat()),
                E.link(href=base + one.address, rel="alternate", type="text/html"),
                E.summary(xml_text(" ".join(one.sentences))),
            )
            for one in told
        ),
    )
    made.set(LANG, get_language() or "fr")
    body = etree.tostring(made, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
