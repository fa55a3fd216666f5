"""What may be written to whom, and how the places of a letter are filled."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from encommun.correspondence.models import GroupLetter, Reminder
from encommun.correspondence.refusals import AlreadyReleased, UnknownPlace, WordsMissing
from encommun.events.models import Event
from encommun.foundation.actor import Actor, Role
from encommun.foundation.refusals import NotAllowed, Verdict
from encommun.foundation.text import harmless

#: Roles that write to groups. Each group says which of them may write to it.
WRITERS = (Role.COORDINATION, Role.PROGRAMME, Role.REGISTRATION, Role.COMMONS)
#: The places that a text may hold, each filled for each person.
PLACES = ("name", "event", "links")
#: French words for the same places: who writes in French need not know the English ones.
IN_FRENCH = {"nom": "name", "evenement": "event", "événement": "event", "liens": "links"}
PLACE = re.compile(r"\{\s*(\w*)\s*\}")
#: The hour, in the event's zone, from which a reminder is due.
HOUR = 9
#: A reminder set after its day, or missed for longer than this, does not come.
LATE = timedelta(days=2)


def may_write(actor: Actor, event: Event, roles: Iterable[Role]) -> Verdict:
    """Whether the actor may write to a group that these roles may write to."""
    return True if actor.has_role(event.pk, *roles) else NotAllowed()


def may_change(letter: GroupLetter) -> Verdict:
    """Whether a letter is still a draft."""
    return True if letter.state == GroupLetter.State.DRAFT else AlreadyReleased()


def words_are_whole(subject: Mapping[str, str], body: Mapping[str, str]) -> Verdict:
    """Whether there is something to send, and every place in it can be filled."""
    if not subject.get("fr") or not body.get("fr"):
        return WordsMissing()
    for text in (*subject.values(), *body.values()):
        for name in PLACE.findall(text):
            if IN_FRENCH.get(name, name) not in PLACES:
                return UnknownPlace(place="{" + name + "}", places="{nom}, {evenement}, {liens}")
    return True


def fill(text: str, *, name: str, event: str, links: Iterable[tuple[str, str]] = (), plain: bool = False) -> str:
    """A text with its places filled.

    Args:
        plain: for a subject: names as they are typed and no links.
    """
    made = harmless if not plain else str
    lines = "\n".join(f"- [{harmless(words)}]({address})" for words, address in links)
    filled = {"name": made(name), "event": made(event), "links": "" if plain else f"\n\n{lines}\n\n"}
    text = PLACE.sub(lambda found: filled.get(IN_FRENCH.get(found[1], found[1]), found[0]), text)
    if not name:  # «Bonjour {nom},» to somebody without a name
        text = re.sub(r"[ \t]+,", ",", text)
    return re.sub(r"\n{3,}", "\n\n", text)


def is_due(reminder: Reminder, day: date | None, at: datetime, event: Event) -> bool:
    """Whether a reminder that counts from ``day`` comes now."""
    if day is None or not reminder.is_on:
        return False
    here = at.astimezone(event.zone)
    due = datetime(day.year, day.month, day.day, HOUR, tzinfo=event.zone) + timedelta(days=reminder.days)
    return due <= here < due + LATE
