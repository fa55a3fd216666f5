"""Letters about proposals. Each takes the journal entry, and writes nothing more when called twice."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from encommun.call.models import Author, Proposal
from encommun.call.rules import LINK
from encommun.foundation.signing import link_token
from encommun.foundation.text import harmless
from encommun.journal.models import Entry
from encommun.mailing.commands import write_letter


def author_link(proposal: Proposal) -> str:
    """The secret address by which an author without account finds her proposal again."""
    token = link_token(LINK, proposal.code, proposal.link_epoch)
    address = reverse("call:link", args=[proposal.event.slug, proposal.code, token])
    return f"{settings.CONFIG.base_url}{_in_language(proposal, address)}"


def public_address(proposal: Proposal) -> str:
    """The address that everyone may know."""
    address = reverse("call:proposal", args=[proposal.event.slug, proposal.code])
    return f"{settings.CONFIG.base_url}{_in_language(proposal, address)}"


def _in_language(proposal: Proposal, address: str) -> str:
    prefix = "" if proposal.language == settings.LANGUAGE_CODE else f"/{proposal.language}"
    return address if not prefix or address.startswith(f"{prefix}/") else prefix + address


def context_of(proposal: Proposal) -> dict[str, Any]:
    """What every letter about a proposal may say."""
    return {
        "event": proposal.event,
        "proposal": proposal,
        "call": proposal.event.call,
        "link": author_link(proposal),
        "address": public_address(proposal),
        "title": harmless(proposal.title),
    }


def decision_context(proposal: Proposal) -> dict[str, Any]:
    """What the letter with the answer says; the team reads it with the same words before it leaves."""
    reason = "\n".join(f"> {line}" for line in harmless(proposal.decision.reason).splitlines())
    return context_of(proposal) | {"decision": proposal.decision, "reason": reason}


def draft_link(entry: Entry) -> None:
    """The link of a draft just begun."""
    _write_to_authors("draft_link", _proposal_of(entry), entry)


def link_again(entry: Entry) -> None:
    """The link of a proposal, asked for again by one of its authors."""
    author = Author.objects.filter(pk=entry.facts["author"]).select_related("proposal__event__call").first()
    if author is not None:
        _write("link_again", author, context_of(author.proposal), entry, dedupe=f"{author.proposal.code}:{entry.pk}")


def published(entry: Entry) -> None:
    """A proposal is public: its address, and how to change it."""
    _write_to_authors("published", _proposal_of(entry), entry)


def decisions(entry: Entry) -> None:
    """The answers released together: one letter an author, at most once for ever."""
    answered = Proposal.objects.filter(event_id=entry.event_id, code__in=entry.facts["codes"], state=Proposal.State.PUBLISHED)
    for proposal in answered.select_related("event__call", "decision").prefetch_related("authors"):
        _write_to_authors("decision", proposal, entry, context=decision_context(proposal))


def _proposal_of(entry: Entry) -> Proposal:
    code = entry.about.partition(":")[2]
    return Proposal.objects.select_related("event__call").prefetch_related("authors").get(code=code)


def _write_to_authors(name: str, proposal: Proposal, entry: Entry, context: dict[str, Any] | None = None) -> None:
    for author in proposal.authors.all():
        _write(name, author, context or context_of(proposal), entry, dedupe=f"{proposal.code}:{author.pk}")


def _write(name: str, author: Author, context: dict[str, Any], entry: Entry, *, dedupe: str) -> None:
    if not author.email:  # erased since
        return
    proposal = context["proposal"]
    write_letter(
        f"call/letters/{name}",
        to=author.email,
        language=proposal.language,
        at=entry.at,
        dedupe=dedupe,
        event_id=proposal.event_id,
        context=context | {"name": harmless(author.name)},
    )
