"""From a proposal whose offer was accepted to a session."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from encommun.call.models import Author, Decision, Proposal
from encommun.events.models import Presence
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.programme.commands.make_session import Needs, SessionText, SomebodyTaking, save_with_new_code, set_people
from encommun.programme.models import Session
from encommun.programme.refusals import OfferNotAccepted
from encommun.programme.rules import may_compose


@transaction.atomic
def make_session_from_proposal(proposal: Proposal, *, actor: Actor, at: datetime) -> Session:
    """The session of a proposal, confirmed since its author said yes; made once, whatever the calls.

    Raises:
        NotAllowed: the actor does not compose the programme.
        OfferNotAccepted: nothing was offered, or the author has not said yes.
    """
    require(may_compose(actor, proposal.event))
    Proposal.objects.select_for_update().filter(pk=proposal.pk).first()
    former = Session.objects.filter(Q(proposal=proposal) | Q(united=proposal)).first()
    if former is not None and former.state != Session.State.IDEA:
        return former
    decision = Decision.objects.filter(proposal=proposal).first()
    if decision is None or not decision.is_a_place or decision.answer != Decision.Answer.ACCEPTED:
        raise OfferNotAccepted()
    if former is not None:  # it was tried in the draft: it keeps the place that was found for it
        return _take_up(former, proposal, actor=actor, at=at)
    session = Session(event=proposal.event, proposal=proposal, state=Session.State.CONFIRMED, created_at=at)
    text_of(proposal).put_on(session)
    save_with_new_code(session)
    set_people(
        session,
        (as_taking(author) for author in proposal.authors.exclude(part=Author.Part.HELPS)),
    )
    record(
        "programme.session_made",
        actor=actor,
        at=at,
        event_id=session.event_id,
        about=session,
        proposal=proposal.code,
        state=session.state,
    )
    return session


def _take_up(session: Session, proposal: Proposal, *, actor: Actor, at: datetime) -> Session:
    replace(text_of(proposal), needs=None).put_on(session)  # what the team wrote of its needs meanwhile stays
    session.state, session.version = Session.State.CONFIRMED, session.version + 1
    session.save()
    set_people(session, (as_taking(author) for author in proposal.authors.exclude(part=Author.Part.HELPS)))
    record("programme.session_confirmed", actor=actor, at=at, event_id=session.event_id, about=session, proposal=proposal.code)
    return session


def as_taking(author: Author) -> SomebodyTaking:
    """An author as somebody who takes part in the session."""
    return SomebodyTaking(
        name=author.name or author.email.partition("@")[0],
        email=author.email,
        structure_name=author.structure_name,
        kind=author.part,
        name_is_public=author.name_is_public and bool(author.name),
        account_id=author.account_id,
        presence=author.presence if author.presence != Presence() else None,
    )


def text_of(proposal: Proposal) -> SessionText:
    """What the session of a proposal says of itself."""
    chosen = proposal.format
    described = proposal.format_described[:60] if chosen is not None and chosen.is_free else ""
    return SessionText(
        title=proposal.title or proposal.code,
        abstract=proposal.intention,
        axis=proposal.axis,
        format_name=described or (chosen.name.in_language("fr")[:60] if chosen is not None else ""),
        language=proposal.language,
        licence=proposal.licence,
        needs=Needs(layout=proposal.layout, equipment=tuple(proposal.equipment)),
        minutes=max(5, proposal.minutes or (chosen.minutes if chosen is not None else 60)),
    )
