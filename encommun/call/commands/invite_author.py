"""Invite somebody to build a proposal together, or take the invitation back."""

from datetime import datetime

from django.db import transaction

from encommun.call.commands.join import has_room
from encommun.call.models import Author, Invitation, Proposal
from encommun.call.refusals import AlreadyAuthor, AlreadyInvited, InvitationAnswered, UnknownChoice
from encommun.call.rules import author_among, may_build
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email, clean_text
from encommun.journal.commands import record


@transaction.atomic
def invite_author(proposal: Proposal, *, email: str, part: str, words: str = "", actor: Actor, at: datetime) -> Invitation:
    """Ask somebody to join, by a letter with her own link. The deadline of the call does not matter.

    Raises:
        NotFound, OnlyHelps, AlreadyWithdrawn: the actor does not build it, or it was withdrawn.
        UnknownChoice: not a part.
        AlreadyAuthor, AlreadyInvited, TooManyAuthors: she is there, or was asked; or there are as many as there may be.
    """
    Proposal.objects.select_for_update().filter(pk=proposal.pk).first()
    require(may_build(actor, proposal))
    if part not in Author.Part.values:
        raise UnknownChoice(choice=part)
    email = clean_email(email)
    if Author.objects.filter(proposal=proposal, email=email).exists():
        raise AlreadyAuthor()
    if Invitation.objects.filter(proposal=proposal, email=email, state=Invitation.State.WAITING).exists():
        raise AlreadyInvited()
    has_room(proposal)
    me = author_among(actor, proposal)
    invitation = Invitation.objects.create(
        proposal=proposal, email=email, part=part, words=clean_text(words), invited_by=me, made_at=at
    )
    record("call.author_invited", actor=actor, at=at, event_id=proposal.event_id, about=proposal, invitation=invitation.pk)
    return invitation


@transaction.atomic
def take_back_invitation(invitation: Invitation, *, actor: Actor, at: datetime) -> None:
    """Take an invitation back: its link opens nothing any more.

    Raises:
        NotFound, OnlyHelps, AlreadyWithdrawn: the actor does not build the proposal, or it was withdrawn.
        InvitationAnswered: it was answered before.
    """
    require(may_build(actor, invitation.proposal))
    waiting = Invitation.objects.filter(pk=invitation.pk, state=Invitation.State.WAITING)
    if not waiting.update(state=Invitation.State.TAKEN_BACK, answered_at=at):
        raise InvitationAnswered()
    record(
        "call.invitation_taken_back",
        actor=actor,
        at=at,
        event_id=invitation.proposal.event_id,
        about=invitation.proposal,
        invitation=invitation.pk,
    )
