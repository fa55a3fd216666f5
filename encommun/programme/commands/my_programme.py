"""Keep sessions for oneself, across devices."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotAllowed
from encommun.journal.commands import record
from encommun.programme.models import MyProgramme, Session
from encommun.programme.queries.published import latest_version

MOST = 500


@transaction.atomic
def keep_sessions(event: Event, codes: Iterable[str], *, actor: Actor, at: datetime) -> MyProgramme:
    """Add published sessions to the actor's programme; codes that readers do not know are passed over.

    Raises:
        NotAllowed: nobody is signed in.
    """
    mine = _mine(event, actor, at)
    version = latest_version(event)
    known = {one["code"] for one in version.content["sessions"]} if version else set()
    wanted = [code for code in dict.fromkeys(codes) if code in known][:MOST]
    mine.sessions.add(*Session.objects.filter(event=event, code__in=wanted))
    return mine


@transaction.atomic
def let_go(event: Event, code: str, *, actor: Actor, at: datetime) -> None:
    """Take a session away from the actor's programme.

    Raises:
        NotAllowed: nobody is signed in.
    """
    mine = _mine(event, actor, at)
    mine.sessions.remove(*Session.objects.filter(event=event, code=code))


@transaction.atomic
def choose_letters(event: Event, *, wants: bool, actor: Actor, at: datetime) -> None:
    """Ask for letters about changes of the sessions that one keeps, or no longer.

    Raises:
        NotAllowed: nobody is signed in.
    """
    mine = _mine(event, actor, at)
    mine.wants_letters = wants
    mine.save(update_fields=["wants_letters"])


@transaction.atomic
def renew_calendar(event: Event, *, actor: Actor, at: datetime) -> None:
    """Give the calendar a new secret link; the former one opens nothing any more.

    Raises:
        NotAllowed: nobody is signed in.
    """
    mine = _mine(event, actor, at)
    mine.epoch += 1
    mine.save(update_fields=["epoch"])
    record("programme.calendar_renewed", actor=actor, at=at, event_id=event.pk, about=mine)


def _mine(event: Event, actor: Actor, at: datetime) -> MyProgramme:
    if actor.account_id is None:
        raise NotAllowed()
    mine, made = MyProgramme.objects.get_or_create(event=event, account_id=actor.account_id)
    if made:
        record("programme.my_programme_begun", actor=actor, at=at, event_id=event.pk, about=mine)
    return mine
