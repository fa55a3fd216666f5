"""Parts that follow one another: «partie 1», «partie 2»."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.programme.commands.make_session import NEEDS, save_with_new_code
from encommun.programme.models import Part, Session
from encommun.programme.rules import may_compose, may_continue


@transaction.atomic
def continue_session(session: Session, *, former: Session | None, at_once: bool = False, actor: Actor, at: datetime) -> None:
    """Say that a session continues another one, maybe at once; None: it stands by itself.

    Raises:
        NotAllowed: the actor does not compose the programme.
        ContinuesItself, ContinuedAlready: parts follow one after the other.
    """
    require(may_compose(actor, session.event), may_continue(session, former))
    session.continues, session.continues_at_once = former, at_once and former is not None
    session.version += 1
    session.save(update_fields=["continues", "continues_at_once", "version"])
    record(
        "programme.session_continues",
        actor=actor,
        at=at,
        event_id=session.event_id,
        about=session,
        former=former.code if former else "",
        at_once=session.continues_at_once,
    )


@transaction.atomic
def make_next_part(session: Session, *, at_once: bool = True, actor: Actor, at: datetime) -> Session:
    """Make a session that continues this one, with the same people and needs.

    Raises:
        NotAllowed: the actor does not compose the programme.
        ContinuedAlready: it has a next part.
    """
    require(may_compose(actor, session.event), may_continue(None, session))
    part = Session(event_id=session.event_id, created_at=at, state=session.state, continues=session, continues_at_once=at_once)
    for name in ("title", "abstract", "axis_id", "format_name", "language", "licence", "minutes", "kind", *NEEDS):
        setattr(part, name, getattr(session, name))
    save_with_new_code(part)
    for one in session.parts.all():
        one.pk, one.session, one._state.adding = None, part, True
        one.save(force_insert=True)
    record(
        "programme.session_made",
        actor=actor,
        at=at,
        event_id=session.event_id,
        about=part,
        state=part.state,
        former=session.code,
        people=Part.objects.filter(session=part).count(),
    )
    return part
