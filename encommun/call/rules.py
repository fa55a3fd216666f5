"""Who may do what with a proposal, and when."""

from datetime import datetime

from django.utils.translation import gettext as _

from encommun.call.content import Content
from encommun.call.models import Call, Decision, Proposal
from encommun.call.refusals import (
    AlreadyAnswered,
    AlreadyReleased,
    AlreadyWithdrawn,
    CallClosed,
    CallNotOpenYet,
    NoCall,
    NoOffer,
    NotADraft,
    NotComplete,
    NotPublished,
    OwnProposal,
)
from encommun.events.models import Event
from encommun.events.rules import may_act_as
from encommun.foundation.actor import Actor, ActorKind, Role
from encommun.foundation.refusals import NotFound, Verdict
from encommun.ui.dates import day, moment

#: What a secret link of a proposal opens.
LINK = "call.proposal"


def call_of(event: Event) -> Call | None:
    """The event's call, if it has one."""
    return getattr(event, "call", None)


def may_propose(event: Event, at: datetime) -> Verdict:
    """Whether the call takes new proposals: through the whole second at which it closes."""
    call = call_of(event)
    if call is None:
        return NoCall()
    if at < call.opens_at:
        return CallNotOpenYet(moment=moment(call.opens_at, event.zone))
    if at.replace(microsecond=0) > call.closes_at:
        return CallClosed(moment=moment(call.closes_at, event.zone))
    return True


def is_author(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor opened its secret link, or signed in with the account or the address of an author."""
    authors = [author for author in proposal.authors.all() if author.email]  # an erased author is nobody any more
    if actor.holds_link(LINK, proposal.code):
        return bool(authors)
    return actor.is_signed_in and any(actor.account_id == a.account_id or actor.email == a.email for a in authors)


def may_see_as_author(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether the actor is among the authors; to anybody else the draft does not exist."""
    return True if actor.kind == ActorKind.SYSTEM or is_author(actor, proposal) else NotFound()


def may_save_draft(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether a draft can be saved. The deadline does not matter: nothing typed is lost."""
    if (seen := may_see_as_author(actor, proposal)) is not True:
        return seen
    return True if proposal.state == Proposal.State.DRAFT else NotADraft()


def may_publish(actor: Actor, proposal: Proposal, at: datetime) -> Verdict:
    """Whether the author may publish now, as far as the call and the draft's state go."""
    if (may_save := may_save_draft(actor, proposal)) is not True:
        return may_save
    return may_propose(proposal.event, at)


def may_edit(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether the author may change what is published; the change is public, with its date."""
    if (seen := may_see_as_author(actor, proposal)) is not True:
        return seen
    return True if proposal.state == Proposal.State.PUBLISHED else NotPublished()


def may_withdraw(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether the author may withdraw."""
    if (seen := may_see_as_author(actor, proposal)) is not True:
        return seen
    return AlreadyWithdrawn() if proposal.state == Proposal.State.WITHDRAWN else True


def missing_fields(content: Content, format_is_free: bool) -> dict[str, str]:
    """What readers need and do not have: field -> sentence."""
    sentences = {
        "title": _("Give it a title."),
        "intention": _("Say in a few sentences what you want to bring."),
        "axis": _("Choose the axis it belongs to."),
        "format": _("Choose a format, or describe yours."),
        "minutes": _("Say how long it lasts."),
        "participants_do": _("Say what those who come will do."),
        "participants_leave_with": _("Say what they will leave with."),
        "licence": _("Choose the licence of your text."),
    }
    missing = {name: sentence for name, sentence in sentences.items() if not getattr(content, name)}
    if format_is_free and not content.format_described:
        missing["format_described"] = _("Describe your format in a few words.")
    return missing


def is_complete(content: Content, format_is_free: bool) -> Verdict:
    """Whether everything that readers need is there."""
    missing = missing_fields(content, format_is_free)
    return NotComplete(missing=missing) if missing else True


def may_choose(actor: Actor, event: Event) -> Verdict:
    """Whether the actor answers proposals on this event."""
    return may_act_as(actor, event, Role.PROGRAMME)


def may_decide(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether the actor may write (or change) the answer to this proposal."""
    if (may := may_choose(actor, proposal.event)) is not True:
        return may
    if is_author(actor, proposal):
        return OwnProposal()
    if proposal.state != Proposal.State.PUBLISHED:
        return NotPublished()
    decision = decision_of(proposal)
    if decision is not None and decision.released_at is not None:
        return AlreadyReleased(day=day(decision.released_at.astimezone(proposal.event.zone).date()))
    return True


def decision_of(proposal: Proposal) -> Decision | None:
    """The team's answer, whoever may read it."""
    return getattr(proposal, "decision", None)


def released_decision(proposal: Proposal) -> Decision | None:
    """The team's answer once the authors have it."""
    decision = decision_of(proposal)
    return decision if decision is not None and decision.released_at is not None else None


def may_answer_offer(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether there is an offer that the author may confirm or decline."""
    if (may := may_edit(actor, proposal)) is not True:
        return may
    decision = released_decision(proposal)
    if decision is None or not decision.is_an_offer:
        return NoOffer()
    return AlreadyAnswered() if decision.answer else True
