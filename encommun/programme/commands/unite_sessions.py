"""Several proposals become one session, and the reverse; a proposal without answer is tried in the draft."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from encommun.call.models import Author, Proposal
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.journal.commands import record
from encommun.programme.commands.make_session import save_with_new_code, set_people
from encommun.programme.commands.make_session_from_proposal import as_taking, text_of
from encommun.programme.models import Part, Session
from encommun.programme.rules import may_compose, may_part, may_try, may_unite


@transaction.atomic
def try_proposal(proposal: Proposal, *, actor: Actor, at: datetime) -> Session:
    """Put a proposal that has no answer yet in the draft, to see where it would fit. Readers never see it.

    Raises:
        NotAllowed: the actor does not compose the programme.
        NamesStillHidden: proposals are read without names, which the draft would tell.
        NothingToTry: it is not public, or has its session already.
    """
    require(may_compose(actor, proposal.event))
    Proposal.objects.select_for_update().filter(pk=proposal.pk).first()
    require(may_try(actor, proposal))
    session = Session(event=proposal.event, proposal=proposal, state=Session.State.IDEA, created_at=at)
    text_of(proposal).put_on(session)
    save_with_new_code(session)
    set_people(session, (as_taking(author) for author in proposal.authors.exclude(part=Author.Part.HELPS)))
    record(
        "programme.session_made", actor=actor, at=at, event_id=session.event_id, about=session, proposal=proposal.code, state="idea"
    )
    return session


@transaction.atomic
def unite_sessions(session: Session, other: Session, *, actor: Actor, at: datetime) -> None:
    """Let ``other`` become a part of ``session``: its proposals and its people join it, and it no longer takes place by itself.

    Raises:
        NotAllowed: the actor does not compose the programme.
        SessionCancelled, UnitedWithItself: not two sessions that stand.
    """
    require(may_compose(actor, session.event), may_unite(session, other))
    proposals = [*([other.proposal] if other.proposal else []), *other.united.all()]
    if session.proposal is None and proposals:
        session.proposal = proposals.pop(0)
    former_proposal, other.proposal = other.proposal, None
    other.state, other.became, other.room, other.starts_at = Session.State.CANCELLED, session, None, None
    other.room_is_fixed, other.time_is_fixed, other.version = False, False, other.version + 1
    other.save()
    other.united.clear()
    session.version += 1
    session.save(update_fields=["proposal", "version"])
    session.united.add(*proposals)
    _bring_people(session, other)
    record(
        "programme.sessions_united",
        actor=actor,
        at=at,
        event_id=session.event_id,
        about=session,
        other=other.code,
        proposal=former_proposal.code if former_proposal else "",
    )


@transaction.atomic
def part_proposal(session: Session, proposal: Proposal, *, actor: Actor, at: datetime) -> Session:
    """Give a united proposal a session of its own again: the one it had, else a new one. Its people go with it.

    Raises:
        NotAllowed: the actor does not compose the programme.
        NotUnited: the session does not hold this proposal beside another one.
    """
    require(may_compose(actor, session.event), may_part(session, proposal))
    session.united.remove(proposal)
    session.version += 1
    session.save(update_fields=["version"])
    emails = {author.email for author in proposal.authors.all() if author.email}
    elsewhere = Author.objects.filter(proposal__in=[session.proposal, *session.united.all()]).values_list("email", flat=True)
    session.parts.filter(email__in=emails - set(elsewhere)).delete()
    own = session.was.filter(parts__email__in=emails).distinct().first()
    if own is None:
        own = Session(event_id=session.event_id, created_at=at)
        text_of(proposal).put_on(own)
        save_with_new_code(own)
        set_people(own, (as_taking(author) for author in proposal.authors.exclude(part=Author.Part.HELPS)))
    own.proposal, own.became, own.state, own.version = proposal, None, Session.State.BUILDING, own.version + 1
    own.save(update_fields=["proposal", "became", "state", "version"])
    record(
        "programme.proposal_parted",
        actor=actor,
        at=at,
        event_id=session.event_id,
        about=session,
        other=own.code,
        proposal=proposal.code,
    )
    return own


def _bring_people(session: Session, other: Session) -> None:
    known = {(part.email or part.name.casefold()) for part in session.parts.all()}
    last = session.parts.aggregate(Max("position"))["position__max"] or 0
    Part.objects.bulk_create(
        Part(
            session=session,
            account_id=one.account_id,
            email=one.email,
            name=one.name,
            structure_name=one.structure_name,
            kind=one.kind,
            name_is_public=one.name_is_public,
            presence=one.presence,
            position=last + n,
        )
        for n, one in enumerate((one for one in other.parts.all() if (one.email or one.name.casefold()) not in known), 1)
    )
