"""An author says who she is, and whether that may be public."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language

from encommun.call import consents
from encommun.call.models import Author, Proposal
from encommun.call.rules import author_among, may_see_as_author
from encommun.foundation.actor import Actor
from encommun.foundation.refusals import NotFound, require
from encommun.foundation.text import clean_line
from encommun.journal.commands import record
from encommun.journal.rules import reference
from encommun.privacy.commands import give_consent, withdraw_consents


@transaction.atomic
def introduce_author(
    proposal: Proposal, *, name: str, structure_name: str, publish_name: bool, door: str, actor: Actor, at: datetime
) -> Author:
    """Write the actor's own name and structure as an author; her yes to their publication is kept as a consent of hers.

    Raises:
        NotFound: the actor is no author of it.
    """
    require(may_see_as_author(actor, proposal))
    author = author_among(actor, proposal)
    if author is None:
        raise NotFound()
    name, structure_name = clean_line(name), clean_line(structure_name)
    publish_name = publish_name and bool(name)
    if publish_name != author.name_is_public:
        _note_consent(proposal, author, publish_name, door=door, actor=actor, at=at)
    former = (author.name, author.structure_name, author.name_is_public)
    author.name, author.structure_name, author.name_is_public = name, structure_name, publish_name
    if former == (name, structure_name, publish_name):
        return author
    author.save(update_fields=["name", "structure_name", "name_is_public"])
    is_public = proposal.published_at is not None
    record(
        "call.author_introduced",
        actor=actor,
        at=at,
        event_id=proposal.event_id,
        about=proposal,
        public=is_public,
        author=author.pk,
        name_is_public=publish_name,
    )
    return author


def _note_consent(proposal: Proposal, author: Author, yes: bool, *, door: str, actor: Actor, at: datetime) -> None:
    if yes:
        give_consent(
            email=author.email,
            account_id=author.account_id,
            purpose=consents.PURPOSE,
            text=str(consents.TEXT),
            text_version=consents.VERSION,
            language=get_language() or proposal.language,  # the sentence is kept in the language in which it was shown
            about=reference(author),
            door=door,
            event_id=proposal.event_id,
            actor=actor,
            at=at,
        )
    else:
        withdraw_consents(email=author.email, purpose=consents.PURPOSE, about=reference(author), actor=actor, at=at)
