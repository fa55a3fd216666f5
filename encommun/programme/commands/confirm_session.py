"""Confirm a session, or cancel it."""

from datetime import datetime

from django.db import transaction

from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.programme.models import Session
from encommun.programme.rules import may_change, may_compose, may_confirm


@transaction.atomic
def confirm_session(session: Session, *, actor: Actor, at: datetime) -> None:
    """It will happen: the next version shows it. A cancelled session may be confirmed again.

    Raises:
        NotAllowed: the actor does not compose the programme.
        SessionNotCancelled: it is confirmed already.
        NotAnsweredYet: it is a proposal being tried, whose authors have not said yes.
    """
    require(may_compose(actor, session.event), may_confirm(session))
    session.state, session.version = Session.State.CONFIRMED, session.version + 1
    session.save(update_fields=["state", "version"])
    record("programme.session_confirmed", actor=actor, at=at, event_id=session.event_id, about=session)


@transaction.atomic
def cancel_session(session: Session, *, actor: Actor, at: datetime) -> None:
    """It will not happen. Its address lives on and says so with the next version.

    Raises:
        NotAllowed: the actor does not compose the programme.
        SessionCancelled: done already.
    """
    require(may_compose(actor, session.event), may_change(session))
    session.state, session.version = Session.State.CANCELLED, session.version + 1
    session.save(update_fields=["state", "version"])
    record("programme.session_cancelled", actor=actor, at=at, event_id=session.event_id, about=session)
