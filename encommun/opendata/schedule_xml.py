"""schedule.xml, as EventFahrplan, Giggity, FOSDEM Companion and engelsystem read it (schema of c3voc)."""

from django.conf import settings
from django.urls import reverse
from lxml import etree
from lxml.builder import E

from encommun.foundation.licences import LICENCES
from encommun.opendata.days import days_of, length, short_name
from encommun.programme.queries import Programme, Shown
from encommun.programme.structured import address_of


def of_programme(programme: Programme) -> bytes:
    """The whole file. ``<schedule`` and ``<conference`` stand at the very start, where readers look for them."""
    event = programme.event
    base = settings.CONFIG.base_url
    root = E.schedule(
        E.generator(name="Encommun"),
        E.url(base + reverse("opendata:xml", args=[event.slug])),
        E.version(str(programme.number)),
        E.conference(
            E.title(event.name),
            E.acronym(event.acronym),
            E.start(event.starts_on.isoformat()),
            E.end(event.ends_on.isoformat()),
            E.days(str(len(event.days))),
            E.timeslot_duration("00:15"),
            E.base_url(base + reverse("web:event_home", args=[event.slug])),
            E.url(base + reverse("web:event_home", args=[event.slug])),
            E.time_zone_name(event.timezone),
            *(E.track(str(axis.title), name=str(axis.title), slug=axis.slug) for axis in programme.axes),
        ),
    )
    guids = {room.full_name: room.guid for room in programme.rooms}
    for index, day, start, end, rooms in days_of(programme):
        element = E.day(index=str(index), date=day.isoformat(), start=start.isoformat(), end=end.isoformat())
        for name, sessions in rooms.items():
            element.append(E.room(*(_event(programme, one, name) for one in sessions), name=name, guid=guids[name]))
        root.append(element)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _event(programme: Programme, session: Shown, room: str) -> etree._Element:
    if session.starts_at is None:
        raise ValueError(f"{session.code} is not placed")
    address = address_of(programme.event, session.code)
    licence = LICENCES.get(session.licence)
    element = E.event(
        E.room(room),
        E.title(session.title),
        E.subtitle(""),
        E.type(session.format),
        E.date(session.starts_at.isoformat()),
        E.start(f"{session.starts_at:%H:%M}"),
        E.duration(length(session)),
        E.abstract(session.abstract),
        E.slug(short_name(programme, session)),
        E.track(str(session.axis.title) if session.axis else ""),
        E.persons(*(E.person(name, id=number, guid=guid) for name, number, guid in _people(session))),
        E.language(session.language),
        E.description(""),
        E.recording(E.license(licence.name if licence else ""), E.optout("true")),
        E.links(*_links(programme, session)),
        E.attachments(),
        E.url(address),
        id=str(session.number),
        guid=session.guid,
    )
    if len(session.code) == 6:
        element.set("code", session.code)
    return element


def _people(session: Shown) -> list[tuple[str, str, str]]:
    named = {taking.person.number: taking.person for taking in session.people if taking.person}
    return [(person.name, str(number), str(person.guid)) for number, person in named.items()]


def _links(programme: Programme, session: Shown) -> list[etree._Element]:
    if not session.proposal:
        return []
    address = settings.CONFIG.base_url + reverse("call:proposal", args=[programme.event.slug, session.proposal])
    return [E.link(session.title, href=address, type="related")]
