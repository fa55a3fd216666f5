"""The people of a session follow the authors of its proposal: one joins, one leaves."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from encommun.events.models import Presence
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_line
from encommun.journal.commands import record
from encommun.programme.commands.make_session import SomebodyTaking
from encommun.programme.models import Part, PublishedPerson, Session
from encommun.programme.rules import may_compose


@transaction.atomic
def add_person(session: Session, somebody: SomebodyTaking, *, actor: Actor, at: datetime) -> None:
    """Add somebody to a session, once; her name reaches readers with the next version, if she agrees.

    Raises:
        NotAllowed: the actor does not compose the programme.
    """
    require(may_compose(actor, session.event))
    email = clean_email(somebody.email)
    if session.parts.filter(email=email).exclude(email="").exists():
        return
    last = session.parts.aggregate(Max("position"))["position__max"]
    Part.objects.create(
        session=session,
        account_id=somebody.account_id,
        email=email,
        name=clean_line(somebody.name),
        structure_name=clean_line(somebody.structure_name),
        kind=somebody.kind,
        name_is_public=somebody.name_is_public,
        presence=somebody.presence or Presence(),
        position=0 if last is None else last + 1,
    )
    record("programme.person_added", actor=actor, at=at, event_id=session.event_id, about=session, part=somebody.kind)


@transaction.atomic
def remove_person(session: Session, *, email: str, actor: Actor, at: datetime) -> None:
    """Take somebody out of a session; unless another session of hers names her, her public name goes from every version.

    Raises:
        NotAllowed: the actor does not compose the programme.
    """
    require(may_compose(actor, session.event))
    gone, _rows = session.parts.filter(email=email).exclude(email="").delete()
    hidden = 0
    if not Part.objects.filter(session__event=session.event_id, email=email, name_is_public=True).exists():
        hidden, _rows = PublishedPerson.objects.filter(event=session.event_id, email=email).exclude(email="").delete()
    if gone or hidden:
        record("programme.person_removed", actor=actor, at=at, event_id=session.event_id, about=session, public=bool(hidden))
