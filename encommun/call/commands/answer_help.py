"""An author answers an offer of help."""

from datetime import datetime

from django.db import transaction

from encommun.call.commands.join import has_room, join
from encommun.call.models import Author, Help, Proposal, Wanted
from encommun.call.rules import may_answer_help
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import require
from encommun.foundation.text import clean_text
from encommun.journal.commands import record


@transaction.atomic
def answer_help(help: Help, *, accepts: bool, words: str = "", actor: Actor, at: datetime) -> Author | None:
    """Say yes or no, with a word; a yes gives the part that was offered, and what was looked for is found.

    Raises:
        NotFound, OnlyHelps, AlreadyWithdrawn: the actor does not build the proposal, or it was withdrawn.
        HelpAnswered: it was answered or taken back before.
        AlreadyAuthor, TooManyAuthors: she became an author meanwhile, or there are as many as there may be.
    """
    Proposal.objects.select_for_update().filter(pk=help.proposal_id).first()
    help.state = Help.objects.values_list("state", flat=True).get(pk=help.pk)
    require(may_answer_help(actor, help))
    help.state = Help.State.ACCEPTED if accepts else Help.State.DECLINED
    help.answered_at, help.answer = at, clean_text(words)
    help.save(update_fields=["state", "answered_at", "answer"])
    author = None
    if accepts:
        has_room(help.proposal)
        author = join(
            help.proposal, email=help.email, account_id=help.account_id, name=help.name, part=help.part, actor=actor, at=at
        )
        Wanted.objects.filter(pk=help.wanted_id, closed_at=None).update(closed_at=at)
    record(
        "call.help_answered",
        actor=actor,
        at=at,
        event_id=help.proposal.event_id,
        about=help.proposal,
        public=accepts,
        help=help.pk,
        accepted=accepts,
        author=author.pk if author is not None else None,
    )
    return author
