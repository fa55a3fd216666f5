"""Describe a gathering: make one, say what it is, show it or hide it."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import available_timezones

from django.db import transaction

from encommun.events.models import Event
from encommun.events.refusals import AddressTaken, AddressWrong, EndsBeforeItStarts, NameMissing, TooLong, UnknownZone
from encommun.events.rules import may_describe, may_open_gatherings
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_line, clean_text
from encommun.journal.commands import record

#: First words of addresses that are the instance's own.
OF_THE_INSTANCE = frozenset(
    {
        "accessibilite",
        "api",
        "connexion",
        "deconnexion",
        "demo",
        "donnees-personnelles",
        "en",
        "mentions-legales",
        "mon-espace",
        "paiement",
        "sante",
        "static",
        "ui",
    }
)
#: A gathering of a fortnight is long; one of a year is a slip of the pen.
MOST_DAYS = 31


@dataclass(frozen=True, kw_only=True)
class EventText:
    """What a gathering says of itself; texts by language."""

    name: str
    starts_on: date
    ends_on: date
    town: str = ""
    contact_email: str = ""
    timezone: str = "Europe/Paris"
    edition: dict[str, str] = field(default_factory=dict)
    tagline: dict[str, str] = field(default_factory=dict)
    purpose: dict[str, str] = field(default_factory=dict)

    def put_on(self, event: Event) -> None:
        """Write it on a gathering (not saved).

        Raises:
            NameMissing, EndsBeforeItStarts, TooLong, UnknownZone.
        """
        event.name, event.town = clean_line(self.name)[:150], clean_line(self.town)[:100]
        if not event.name:
            raise NameMissing()
        if self.ends_on < self.starts_on:
            raise EndsBeforeItStarts()
        if (self.ends_on - self.starts_on).days >= MOST_DAYS:
            raise TooLong(days=MOST_DAYS)
        if self.timezone not in available_timezones():
            raise UnknownZone(zone=self.timezone)
        event.starts_on, event.ends_on, event.timezone = self.starts_on, self.ends_on, self.timezone
        event.contact_email = clean_email(self.contact_email)
        for name, clean in (("edition", clean_line), ("tagline", clean_line), ("purpose", clean_text)):
            texts = {language: clean(text) for language, text in getattr(self, name).items()}
            setattr(event, name, {language: text for language, text in texts.items() if text})


@transaction.atomic
def open_event(slug: str, text: EventText, *, actor: Actor, at: datetime) -> Event:
    """Make a gathering, that nobody sees until its team shows it.

    Args:
        slug: the first word of all its addresses, for ever: «nec-2018».

    Raises:
        NotAllowed: only those who run the instance, from the command line, open gatherings.
        AddressWrong, AddressTaken; and what ``EventText`` refuses.
    """
    require(may_open_gatherings(actor))
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > 60:
        raise AddressWrong()
    if slug in OF_THE_INSTANCE or Event.objects.filter(slug=slug).exists():
        raise AddressTaken(slug=slug)
    event = Event(slug=slug, acronym=slug.replace("-", "")[:30].ljust(4, "0"))  # schedule.xml asks for four characters
    text.put_on(event)
    event.save()
    record("events.opened", actor=actor, at=at, event_id=event.pk, about=event)
    return event


@transaction.atomic
def describe_event(event: Event, text: EventText, *, actor: Actor, at: datetime) -> None:
    """Change what a gathering says of itself.

    Raises:
        NotAllowed: only coordination; and what ``EventText`` refuses.
    """
    require(may_describe(actor, event))
    text.put_on(event)
    event.save()
    record("events.described", actor=actor, at=at, event_id=event.pk, about=event, public=True)


@transaction.atomic
def show_event(event: Event, *, is_public: bool, actor: Actor, at: datetime) -> None:
    """Show the gathering's pages to everyone, or hide them again.

    Raises:
        NotAllowed: only coordination.
    """
    require(may_describe(actor, event))
    if event.is_public == is_public:
        return
    event.is_public = is_public
    event.save(update_fields=["is_public"])
    record("events.shown" if is_public else "events.hidden", actor=actor, at=at, event_id=event.pk, about=event, public=True)
