"""Say «I can» to a proposal: offer what it looks for, or ask to join it."""

from datetime import datetime

from django.db import transaction

from encommun.call.models import Author, Help, Proposal, Wanted
from encommun.call.refusals import AlreadyAuthor, HelpAnswered, UnknownChoice
from encommun.call.rules import is_helper, may_offer_help
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_line, clean_text
from encommun.journal.commands import record

OPEN = (Help.State.UNPROVEN, Help.State.WAITING)


@transaction.atomic
def offer_help(
    proposal: Proposal,
    *,
    email: str,
    name: str,
    part: str,
    words: str,
    wanted: Wanted | None = None,
    actor: Actor,
    at: datetime,
) -> Help:
    """Offer help. From an account the authors are told at once; otherwise once the address was proven by its letter.

    Raises:
        NotPublished, NotWanted: there is no such public proposal, or it no longer looks for that.
        UnknownChoice: not a part.
        AlreadyAuthor: the account is an author's. (Of a typed address nothing is said here.)
    """
    require(may_offer_help(proposal, wanted))
    part = wanted.part if wanted is not None else part
    if part not in Author.Part.values:
        raise UnknownChoice(choice=part)
    email = clean_email(email)
    is_proven = actor.is_signed_in and actor.email == email
    if is_proven and Author.objects.filter(proposal=proposal, email=email).exists():
        raise AlreadyAuthor()
    same = Help.objects.filter(proposal=proposal, email=email, wanted=wanted, part=part, state__in=OPEN).first()
    if same is not None:
        return same
    state = Help.State.WAITING if is_proven else Help.State.UNPROVEN
    help = Help.objects.create(
        proposal=proposal,
        wanted=wanted,
        account_id=actor.account_id if is_proven else None,
        email=email,
        name=clean_line(name),
        part=part,
        words=clean_text(words),
        state=state,
        made_at=at,
    )
    kind = "call.help_offered" if is_proven else "call.help_begun"
    record(kind, actor=actor, at=at, event_id=proposal.event_id, about=proposal, help=help.pk, part=part)
    return help


@transaction.atomic
def confirm_help(help: Help, *, actor: Actor, at: datetime) -> None:
    """The one who offered opened her letter: her address is proven, and the authors are told.

    Raises:
        NotFound: it is somebody else's.
        HelpAnswered: it was confirmed, answered or taken back before.
        AlreadyAuthor: she is an author.
        NotPublished, NotWanted: the proposal is no more, or no longer looks for that.
    """
    require(is_helper(actor, help))
    if help.state != Help.State.UNPROVEN:
        raise HelpAnswered()
    require(may_offer_help(help.proposal, help.wanted))
    if Author.objects.filter(proposal=help.proposal_id, email=help.email).exists():
        raise AlreadyAuthor()
    help.state = Help.State.WAITING
    help.save(update_fields=["state"])
    proposal = help.proposal
    record("call.help_offered", actor=actor, at=at, event_id=proposal.event_id, about=proposal, help=help.pk, part=help.part)


@transaction.atomic
def take_back_help(help: Help, *, actor: Actor, at: datetime) -> None:
    """Take one's offer back before it is answered.

    Raises:
        NotFound: it is somebody else's.
        HelpAnswered: it was answered or taken back before.
    """
    require(is_helper(actor, help))
    if not Help.objects.filter(pk=help.pk, state__in=OPEN).update(state=Help.State.TAKEN_BACK, answered_at=at):
        raise HelpAnswered()
    record("call.help_taken_back", actor=actor, at=at, event_id=help.proposal.event_id, about=help.proposal, help=help.pk)
