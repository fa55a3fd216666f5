"""Begin a proposal: a title, an intention, an address."""

from datetime import datetime

from django.db import IntegrityError, transaction

from encommun.call.commands.save_draft import keep_revision
from encommun.call.content import Content
from encommun.call.models import Author, Proposal
from encommun.call.rules import late_link_of, may_propose
from encommun.call.search import index
from encommun.events.models import Event
from encommun.foundation.actor import Actor
from encommun.foundation.codes import new_code
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_email
from encommun.journal.commands import record


@transaction.atomic
def start_draft(event: Event, *, title: str, intention: str, email: str, language: str, actor: Actor, at: datetime) -> Proposal:
    """Make a draft, that its author finds again by the link in a letter. No account is asked for.

    Raises:
        NoCall, CallNotOpenYet, CallClosed: the call does not take new proposals now.
    """
    require(may_propose(event, at, actor))
    content = Content(title=title, intention=intention).cleaned()
    proposal = Proposal(event=event, language=language, created_at=at, saved_at=at)
    late = late_link_of(event, actor, at)
    proposal.late_until = late.until if late is not None else None
    content.put_on(proposal)
    save_under_a_new_code(proposal)
    index(proposal)
    address = clean_email(email)
    account_id = actor.account_id if actor.email == address else None
    Author.objects.create(proposal=proposal, email=address, account_id=account_id)
    keep_revision(proposal, content, actor=actor, at=at)
    record("call.draft_started", actor=actor, at=at, event_id=event.pk, about=proposal)
    return proposal


def save_under_a_new_code(proposal: Proposal) -> None:
    """Draw codes until one is free (the first, but for one time in hundreds of thousands)."""
    while True:
        proposal.code = new_code()
        try:
            with transaction.atomic():
                proposal.save(force_insert=True)
            return
        except IntegrityError:
            if not Proposal.objects.filter(code=proposal.code).exists():
                raise
