"""What follows in the programme when something happens elsewhere. Repeatable without harm."""

from encommun.call.models import Author, Decision, Proposal
from encommun.events.models import Event
from encommun.foundation.actor import SYSTEM
from encommun.journal.models import Entry
from encommun.programme.commands import add_person, introduce_person, make_session_from_proposal, remove_person, set_presence
from encommun.programme.commands.make_session_from_proposal import as_taking
from encommun.programme.models import Session


def session_of_accepted_offer(entry: Entry) -> None:
    """An author said yes to a place: her session is made, once."""
    if entry.facts.get("outcome", Decision.Outcome.YES) not in Decision.PLACES:
        return
    code = entry.about.partition(":")[2]
    proposal = Proposal.objects.filter(code=code, event_id=entry.event_id).first()
    if proposal is not None:
        make_session_from_proposal(proposal, actor=SYSTEM, at=entry.at)


def author_joined(entry: Entry) -> None:
    """Somebody joined a proposal that has its session already: she takes part in it. Those who lend a hand do not stand on stage."""
    author, session = _author_and_session(entry)
    if author is not None and session is not None and author.left_at is None and author.part != Author.Part.HELPS:
        add_person(session, as_taking(author), actor=SYSTEM, at=entry.at)


def author_left(entry: Entry) -> None:
    """An author left: she no longer takes part in the session, and her name goes."""
    author, session = _author_and_session(entry)
    if author is not None and session is not None and author.left_at is not None:
        remove_person(session, email=author.email, actor=SYSTEM, at=entry.at)


def authors_moved(entry: Entry) -> None:
    """Two proposals became one: those who came with the second take part in the session of the first."""
    session = Session.objects.filter(proposal__code=entry.about.partition(":")[2]).select_related("event").first()
    moved = Author.objects.filter(pk__in=entry.facts["authors"]).exclude(part=Author.Part.HELPS).exclude(email="")
    for author in moved if session is not None else ():
        add_person(session, as_taking(author), actor=SYSTEM, at=entry.at)


def authors_moved_back(entry: Entry) -> None:
    """They are two again: those who went back no longer take part in the session of the first."""
    session = Session.objects.filter(proposal__code=entry.about.partition(":")[2]).select_related("event").first()
    for author in Author.objects.filter(pk__in=entry.facts["authors"]).exclude(email="") if session is not None else ():
        remove_person(session, email=author.email, actor=SYSTEM, at=entry.at)


def _author_and_session(entry: Entry) -> tuple[Author | None, Session | None]:
    author = Author.with_former.filter(pk=entry.facts.get("author")).first()
    session = Session.objects.filter(proposal=author.proposal_id).select_related("event").first() if author else None
    return author, session


def author_introduced(entry: Entry) -> None:
    """An author changed her name, or whether it may be shown: her part in the session says the same."""
    author, session = _author_and_session(entry)
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


def author_said_presence(entry: Entry) -> None:
    """An author said when she can be there: her parts at this gathering say the same."""
    author = Author.objects.filter(pk=entry.facts["author"]).exclude(email="").first()
    event = Event.objects.filter(pk=entry.event_id).first()
    if author is not None and event is not None:
        set_presence(event, author.presence, email=author.email, actor=SYSTEM, at=entry.at)
