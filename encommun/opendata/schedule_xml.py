"""schedule.xml, as EventFahrplan, Giggity, FOSDEM Companion and engelsystem read it (schema of c3voc)."""

import re

from django.conf import settings
from django.urls import reverse
from lxml import etree
from lxml.builder import E

from encommun.foundation.licences import LICENCES
from encommun.opendata.days import acronym, days_of, length, proposal_address, short_name, xml_text
from encommun.programme.queries import Axis, Programme, Shown
from encommun.programme.structured import address_of

SLUG, CODE = re.compile("[a-z][a-z0-9-]+"), re.compile("[0-9A-Z]{6}")


def of_programme(programme: Programme) -> bytes:
    """The whole file. ``<schedule`` and ``<conference`` stand at the very start, where readers look for them."""
    event = programme.event
    base, days = settings.CONFIG.base_url, list(days_of(programme))
    root = E.schedule(
        E.generator(name="Encommun"),
        E.url(base + reverse("opendata:xml", args=[event.slug])),
        E.version(str(programme.number)),
        E.conference(
            E.title(xml_text(event.name)),
            E.acronym(acronym(programme)),
            E.start(event.starts_on.isoformat()),
            E.end(event.ends_on.isoformat()),
            E.days(str(len(days))),
            E.timeslot_duration("00:15"),
            E.base_url(base + reverse("web:event_home", args=[event.slug])),
            E.url(base + reverse("web:event_home", args=[event.slug])),
            E.time_zone_name(event.timezone),
            *(_track(axis) for axis in programme.axes),
        ),
    )
    for index, day, start, end, rooms in days:
        element = E.day(index=str(index), date=day.isoformat(), start=start.isoformat(), end=end.isoformat())
        for room, name, sessions in rooms:
            element.append(E.room(*(_event(programme, one, name) for one in sessions), name=xml_text(name), guid=room.guid))
        root.append(element)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _event(programme: Programme, session: Shown, room: str) -> etree._Element:
    if session.starts_at is None:
        raise ValueError(f"{session.code} is not placed")
    address = address_of(programme.event, session.code)
    licence = LICENCES.get(session.licence)
    element = E.event(
        E.room(xml_text(room)),
        E.title(xml_text(session.title)),
        E.subtitle(""),
        E.type(xml_text(session.format)),
        E.date(session.starts_at.isoformat()),
        E.start(f"{session.starts_at:%H:%M}"),
        E.duration(length(session)),
        E.abstract(xml_text(session.abstract)),
        E.slug(short_name(programme, session)),
        E.track(xml_text(str(session.axis.title)) if session.axis else ""),
        E.persons(*(E.person(xml_text(name), id=number, guid=guid) for name, number, guid in _people(session))),
        E.language(session.language),
        E.description(""),
        E.recording(E.license(licence.name if licence else ""), E.optout("true")),
        E.links(*_links(programme, session)),
        E.attachments(),
        E.url(address),
        id=str(session.number),
        guid=session.guid,
    )
    if CODE.fullmatch(session.code):
        element.set("code", session.code)
    return element


def _people(session: Shown) -> list[tuple[str, str, str]]:
    named = {taking.person.number: taking.person for taking in session.people if taking.person}
    return [(person.name, str(number), str(person.guid)) for number, person in named.items()]


def _links(programme: Programme, session: Shown) -> list[etree._Element]:
    address = proposal_address(programme, session)
    return [E.link(xml_text(session.title), href=address, type="related")] if address else []


def _track(axis: Axis) -> etree._Element:
    """Slugs of tracks begin with a letter in this format."""
    name = xml_text(str(axis.title))
    fits = SLUG.fullmatch(axis.slug)
    return E.track(name, name=name, slug=axis.slug) if fits else E.track(name, name=name)
