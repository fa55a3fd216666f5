"""What has changed from version to version, as an Atom feed (RFC 4287)."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from lxml import etree
from lxml.builder import ElementMaker

from encommun.events.models import Event
from encommun.opendata.days import xml_text
from encommun.programme.models import ProgrammeVersion
from encommun.programme.words import of_change

MOST = 200
E = ElementMaker(namespace="http://www.w3.org/2005/Atom", nsmap={None: "http://www.w3.org/2005/Atom"})
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def of_event(event: Event, versions: list[ProgrammeVersion]) -> bytes:
    """The feed: one entry for each change, the latest first; a first version is one entry."""
    base = settings.CONFIG.base_url
    here = base + reverse("opendata:atom", args=[event.slug])
    home = base + reverse("programme:versions", args=[event.slug])
    entries = [entry for version in versions for entry in _entries(event, version)][:MOST]
    updated = versions[0].published_at.isoformat() if versions else f"{event.starts_on.isoformat()}T00:00:00Z"
    title = _("{name}: what changes in the programme").format(name=event.name)
    feed = E.feed(
        E.id(here),
        E.title(xml_text(title)),
        E.updated(updated),
        E.author(E.name(xml_text(event.name))),
        E.link(href=here, rel="self", type="application/atom+xml"),
        E.link(href=home, rel="alternate", type="text/html"),
        *entries,
    )
    feed.set(LANG, get_language() or "fr")
    return etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _entries(event: Event, version: ProgrammeVersion) -> list[etree._Element]:
    page = settings.CONFIG.base_url + reverse("programme:version", args=[event.slug, version.number])
    if version.number == 1:
        words = _("First version, with {count} sessions.").format(count=len(version.changes))
        return [_entry(version, f"{page}#v", words, words, page)]
    found = []
    for change in version.changes:
        words = of_change(change, event.zone)
        title, address = words, page
        if change["code"]:
            title = _("{title}: {change}").format(title=change["title"], change=words)
            address = settings.CONFIG.base_url + reverse("programme:session", args=[event.slug, change["code"]])
        found.append(_entry(version, f"{page}#{change['code'] or 'cadre'}-{change['kind']}", title, words, address))
    return found


def _entry(version: ProgrammeVersion, name: str, title: str, words: str, address: str) -> etree._Element:
    return E.entry(
        E.id(name),
        E.title(xml_text(title)),
        E.updated(version.published_at.isoformat()),
        E.link(href=address, rel="alternate", type="text/html"),
        E.summary(xml_text(words)),
    )
