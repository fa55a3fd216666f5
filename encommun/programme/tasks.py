"""What follows in the programme when something happens elsewhere. Repeatable without harm."""

from encommun.call.models import Author, Proposal
from encommun.foundation.actor import SYSTEM
from encommun.journal.models import Entry
from encommun.programme.commands import introduce_person, make_session_from_proposal
from encommun.programme.models import Session


def session_of_accepted_offer(entry: Entry) -> None:
    """An author said yes: her session is made, once."""
    code = entry.about.partition(":")[2]
    proposal = Proposal.objects.filter(code=code, event_id=entry.event_id).first()
    if proposal is not None:
        make_session_from_proposal(proposal, actor=SYSTEM, at=entry.at)


def author_introduced(entry: Entry) -> None:
    """An author changed her name, or whether it may be shown: her part in the session says the same."""
    author = Author.objects.filter(pk=entry.facts.get("author")).first()
    session = Session.objects.filter(proposal=author.proposal_id).select_related("event").first() if author else None
    if author is None or session is None:
        return
    introduce_person(
        session,
        email=author.email,
        name=author.name,
        structure_name=author.structure_name,
        name_is_public=author.name_is_public,
        actor=SYSTEM,
        at=entry.at,
    )
