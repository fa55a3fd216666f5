"""Published resources, as everyone may read them."""

import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.urls import reverse

from encommun.commons.models import Credit, Resource
from encommun.events.models import Axis, Event
from encommun.foundation.licences import LICENCES
from encommun.foundation.refusals import NotFound
from encommun.foundation.text import plain_start
from encommun.programme.models import Part

A_PAGE = 12


def resources_of(event: Event, *, axis: str = "", licence: str = "", words: str = "", page: object = 1) -> Page[Resource]:
    """Resources of an event, the newest first, each with ``named``: the people who agree to be named."""
    found = resources_to_read(event)
    if axis:
        found = found.filter(axis__slug=axis)
    if licence:
        found = found.filter(licence=licence)
    for word in words.split()[:6]:
        found = found.filter(Q(title__icontains=word) | Q(text__icontains=word))
    shown = Paginator(found.order_by("-published_at", "-id"), A_PAGE).get_page(page)
    name_people(shown.object_list)
    return shown


def resources_to_read(event: Event) -> QuerySet[Resource]:
    """Every resource that stands, in no order; put ``named`` on those shown with ``name_people``."""
    found = Resource.objects.filter(event=event, withdrawn_at=None)
    return found.select_related("event", "axis", "session").prefetch_related("credits")


def resource_at(event: Event, code: str) -> Resource:
    """One resource, withdrawn or not.

    Raises:
        NotFound: there is none.
    """
    found = Resource.objects.select_related("event", "axis", "session", "note").prefetch_related("credits")
    resource = found.filter(event=event, code=code).first()
    if resource is None:
        raise NotFound()
    name_people([resource])
    return resource


def filters_of(event: Event) -> dict[str, Any]:
    """Axes and licences that some resource has, to choose from."""
    live = Resource.objects.filter(event=event, withdrawn_at=None)
    codes = set(live.values_list("licence", flat=True).distinct())
    return {
        "axes": list(Axis.objects.filter(event=event).order_by("position")),
        "licences": [licence for code, licence in LICENCES.items() if code in codes],
    }


def name_people(resources: Iterable[Resource]) -> None:
    """Put ``named`` on each resource: its credits, less those whose person no longer agrees to be named in the session."""
    resources = list(resources)
    silent = Part.objects.filter(session__in=[r.session_id for r in resources if r.session_id], name_is_public=False)
    hidden = {
        (session, key) for session, email, name in silent.values_list("session_id", "email", "name") for key in (email, name) if key
    }
    for resource in resources:
        resource.named = [
            credit
            for credit in resource.credits.all()
            if (resource.session_id, credit.email) not in hidden and (resource.session_id, credit.name) not in hidden
        ]


def address_of(resource: Resource) -> str:
    """The full address of a resource, in the language of the instance's addresses: one for all."""
    path = f"/{resource.event.slug}/communs/{resource.code}/"
    return settings.CONFIG.base_url + path


def citation(resource: Resource) -> str:
    """A ready sentence to name the source."""
    event = resource.event
    names = ", ".join(credit.name for credit in resource.named) or event.name
    licence = LICENCES[resource.licence].name
    return f"{names}. « {resource.title} ». {event.name}, {event.town}, {resource.published_at.year}. {licence}. {address_of(resource)}"


def linked_data(resource: Resource) -> dict[str, Any]:
    """The resource for programs: schema.org ``LearningResource``."""
    event = resource.event
    base = settings.CONFIG.base_url
    sources = [base + reverse("programme:session", args=[event.slug, resource.session.code])] if resource.session else []
    if resource.proposal_code:
        sources.append(base + reverse("call:proposal", args=[event.slug, resource.proposal_code]))
    return {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": address_of(resource),
        "url": address_of(resource),
        "name": resource.title,
        "description": gist(resource.text),
        "inLanguage": resource.language,
        "license": LICENCES[resource.licence].url,
        "creator": [_person(credit) for credit in resource.named],
        "publisher": {"@type": "Organization", "name": event.name},
        "datePublished": resource.published_at.date().isoformat(),
        "dateModified": (resource.revised_at or resource.published_at).date().isoformat(),
        "version": str(resource.version),
        "isBasedOn": sources,
        "isAccessibleForFree": True,
        **({"about": str(resource.axis.title)} if resource.axis else {}),
    }


def gist(text: str) -> str:
    """The start of a text, without its headings: they are the same in all notes."""
    return plain_start(text, 160)


def _person(credit: Credit) -> dict[str, Any]:
    person: dict[str, Any] = {"@type": "Person", "name": credit.name}
    if credit.structure_name:
        person["affiliation"] = {"@type": "Organization", "name": credit.structure_name}
    return person


def as_markdown(resource: Resource) -> str:
    """The text as a file, with what is needed to reuse it in front (YAML, strings quoted as JSON)."""
    facts = {
        "title": resource.title,
        "authors": [credit.name for credit in resource.named],
        "licence": resource.licence,
        "licence_url": LICENCES[resource.licence].url,
        "source": address_of(resource),
        "gathering": resource.event.name,
        "published": resource.published_at.date().isoformat(),
        "version": resource.version,
        "language": resource.language,
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in facts.items()]
    return "\n".join(["---", *lines, "---", "", f"# {resource.title}", "", resource.text, ""])
