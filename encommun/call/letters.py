"""Letters about proposals. Each takes the journal entry, and writes nothing more when called twice."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from encommun.call.models import Author, Help, Invitation, Merge, MergeYes, Proposal, Suggestion
from encommun.call.rules import DAYS_TO_UNDO, HELP_LINK, INVITATION_LINK, LINK, SUGGESTION_LINK, asked_to_merge, deadline_of
from encommun.foundation.signing import link_token
from encommun.foundation.text import harmless
from encommun.journal.models import Entry
from encommun.mailing.commands import write_letter


def author_link(author: Author) -> str:
    """The secret address by which an author without account finds the proposal again, as herself."""
    token = link_token(LINK, author.code, author.link_epoch)
    address = reverse("call:link", args=[author.proposal.event.slug, author.proposal.code, token])
    return f"{settings.CONFIG.base_url}{_in_language(author.proposal, address)}"


def draft_address(proposal: Proposal) -> str:
    """The address of the authors' page, without secret."""
    address = reverse("call:draft", args=[proposal.event.slug, proposal.code])
    return f"{settings.CONFIG.base_url}{_in_language(proposal, address)}"


def public_address(proposal: Proposal) -> str:
    """The address that everyone may know."""
    address = reverse("call:proposal", args=[proposal.event.slug, proposal.code])
    return f"{settings.CONFIG.base_url}{_in_language(proposal, address)}"


def _in_language(proposal: Proposal, address: str) -> str:
    prefix = "" if proposal.language == settings.LANGUAGE_CODE else f"/{proposal.language}"
    return address if not prefix or address.startswith(f"{prefix}/") else prefix + address


def context_of(proposal: Proposal) -> dict[str, Any]:
    """What every letter about a proposal may say. ``link`` is replaced by each author's own when the letter is written."""
    return {
        "event": proposal.event,
        "proposal": proposal,
        "call": proposal.event.call,
        "link": draft_address(proposal),
        "address": public_address(proposal),
        "title": harmless(proposal.title),
    }


def decision_context(proposal: Proposal) -> dict[str, Any]:
    """What the letter with the answer says; the team reads it with the same words before it leaves."""
    other = proposal.decision.merge_with
    words = {"decision": proposal.decision, "reason": _quoted(proposal.decision.reason)}
    if other is not None:
        other.event = proposal.event
        words |= {"other": harmless(other.title), "other_address": public_address(other)}
    return context_of(proposal) | words


def draft_link(entry: Entry) -> None:
    """The link of a draft just begun."""
    proposal = _proposal_of(entry)
    context = context_of(proposal) | {"deadline": deadline_of(proposal, proposal.saved_at)}
    _write_to_authors("draft_link", proposal, entry, context)


def link_again(entry: Entry) -> None:
    """The link of a proposal, asked for again by one of its authors."""
    author = Author.objects.filter(pk=entry.facts["author"]).select_related("proposal__event__call").first()
    if author is not None:
        _write("link_again", author, context_of(author.proposal), entry, dedupe=f"{author.proposal.code}:{entry.pk}")


def published(entry: Entry) -> None:
    """A proposal is public: its address, and how to change it."""
    _write_to_authors("published", _proposal_of(entry), entry)


def publication_declined(entry: Entry) -> None:
    """The team left a first proposal a draft: why, and how to ask again."""
    proposal = _proposal_of(entry)
    for author in proposal.authors.all() if proposal.declined_because else []:
        words = context_of(proposal) | {"reason": _quoted(proposal.declined_because)}
        _write("publication_declined", author, words, entry, dedupe=f"{proposal.code}:{entry.pk}:{author.pk}")


def removed(entry: Entry) -> None:
    """The team took it out of public view: why, and how to disagree."""
    proposal = _proposal_of(entry)
    for author in proposal.authors.all() if proposal.removed_because else []:
        with translation.override(proposal.language):
            words = context_of(proposal) | {"reason": str(proposal.get_removed_because_display())}
        _write("removed", author, words, entry, dedupe=f"{proposal.code}:{entry.pk}:{author.pk}")


def invitation(entry: Entry) -> None:
    """Somebody is asked to join: her own link, and who asks."""
    asked = Invitation.objects.filter(pk=entry.facts["invitation"]).select_related("proposal__event__call", "invited_by").first()
    if asked is None or asked.state != Invitation.State.WAITING:
        return
    link = _address(asked.proposal, "call:invitation_link", asked.code, link_token(INVITATION_LINK, asked.code))
    name = asked.invited_by.name if asked.invited_by is not None else ""
    more = {"link": link, "name": harmless(name), "part": asked.get_part_display, "words": _quoted(asked.words)}
    _write_to(asked.email, "invitation", asked.proposal, entry, context_of(asked.proposal) | more, dedupe=asked.code)


def invitation_answered(entry: Entry) -> None:
    """The one who invited reads the answer."""
    asked = Invitation.objects.filter(pk=entry.facts["invitation"]).select_related("proposal__event__call", "invited_by").first()
    if asked is None or asked.invited_by is None:
        return
    more = {"accepted": entry.facts["accepted"], "email": asked.email}
    _write("invitation_answered", asked.invited_by, context_of(asked.proposal) | more, entry, dedupe=asked.code)


def help_begun(entry: Entry) -> None:
    """«I can» from an address that is not proven yet: a link to prove it."""
    offered = _help_of(entry)
    if offered is not None and offered.state == Help.State.UNPROVEN:
        link = _address(offered.proposal, "call:help_link", offered.code, link_token(HELP_LINK, offered.code))
        more = {"link": link, "name": harmless(offered.name)}
        _write_to(offered.email, "help_begun", offered.proposal, entry, context_of(offered.proposal) | more, dedupe=offered.code)


def help_offered(entry: Entry) -> None:
    """The authors who build it read that somebody can."""
    offered = _help_of(entry)
    if offered is None or offered.state != Help.State.WAITING:
        return
    for author in offered.proposal.authors.exclude(part=Author.Part.HELPS):
        more = {
            "who": harmless(offered.name),
            "wanted": offered.wanted,
            "part": offered.get_part_display,
            "words": _quoted(offered.words),
        }
        _write("help_offered", author, context_of(offered.proposal) | more, entry, dedupe=f"{offered.code}:{author.pk}")


def help_answered(entry: Entry) -> None:
    """The one who offered reads the answer; a yes brings the link of an author."""
    offered = _help_of(entry)
    if offered is None or not offered.email:
        return
    context = context_of(offered.proposal) | {"accepted": entry.facts["accepted"], "words": _quoted(offered.answer)}
    author = Author.objects.filter(pk=entry.facts["author"]).first()
    context |= {"name": harmless(offered.name), "link": context["address"]}
    if author is not None:
        author.proposal = offered.proposal
        context["link"] = author_link(author)
    _write_to(offered.email, "help_answered", offered.proposal, entry, context, dedupe=offered.code)


def suggestion_begun(entry: Entry) -> None:
    """Other words from an address that is not proven yet: a link to prove it."""
    made = _suggestion_of(entry)
    if made is not None and made.state == Suggestion.State.UNPROVEN:
        link = _address(made.proposal, "call:suggestion_link", made.code, link_token(SUGGESTION_LINK, made.code))
        more = {"link": link, "name": harmless(made.name)}
        _write_to(made.email, "suggestion_begun", made.proposal, entry, context_of(made.proposal) | more, dedupe=made.code)


def edit_suggested(entry: Entry) -> None:
    """The authors who build it read that somebody suggests other words."""
    made = _suggestion_of(entry)
    if made is None or made.state != Suggestion.State.WAITING:
        return
    for author in made.proposal.authors.exclude(part=Author.Part.HELPS):
        more = {"who": harmless(made.name), "words": _quoted(made.words), "text": _quoted(made.text)}
        _write("edit_suggested", author, context_of(made.proposal) | more, entry, dedupe=f"{made.code}:{author.pk}")


def suggestion_answered(entry: Entry) -> None:
    """The one who suggested reads the answer."""
    made = _suggestion_of(entry)
    if made is not None and made.email:
        more = {"taken": entry.facts["taken"], "words": _quoted(made.answer), "name": harmless(made.name)}
        context = context_of(made.proposal) | more
        _write_to(made.email, "suggestion_answered", made.proposal, entry, context, dedupe=made.code)


def merge_asked(entry: Entry) -> None:
    """Everybody whose yes a merge needs, when it opens and each time its text changes."""
    merge = _merge_of(entry)
    if merge.state != Merge.State.OPEN:
        return
    said = set(MergeYes.objects.filter(merge=merge, round=merge.round).values_list("author_id", flat=True))
    for author in asked_to_merge(merge):
        if author.pk not in said:
            _write_about_merge("merge_asked", merge, author, entry, dedupe=f"{merge.code}:{merge.round}:{author.pk}")


def merge_ended(entry: Entry) -> None:
    """Everybody concerned reads how it ended."""
    merge = _merge_of(entry)
    for author in {*asked_to_merge(merge)}:
        _write_about_merge("merge_ended", merge, author, entry, dedupe=f"{merge.code}:{merge.state}:{author.pk}")


def _write_about_merge(name: str, merge: Merge, author: Author, entry: Entry, *, dedupe: str) -> None:
    proposal = merge.into if author.proposal_id == merge.into_id else merge.other
    page = _address_of_merge(merge)
    titles = {"first": harmless(merge.into.title), "second": harmless(merge.other.title)}
    more = titles | {"merge": merge, "words": _quoted(merge.words), "page": page, "days": DAYS_TO_UNDO}
    _write(name, author, context_of(proposal) | more, entry, dedupe=dedupe)


def _address_of_merge(merge: Merge) -> str:
    address = reverse("call:merge", args=[merge.into.event.slug, merge.code])
    return f"{settings.CONFIG.base_url}{_in_language(merge.into, address)}"


def _merge_of(entry: Entry) -> Merge:
    found = Merge.objects.select_related("into__event__call", "other__event__call").prefetch_related(
        "into__authors", "other__authors"
    )
    return found.get(pk=entry.facts["merge"])


def _suggestion_of(entry: Entry) -> Suggestion | None:
    return Suggestion.objects.filter(pk=entry.facts["suggestion"]).select_related("proposal__event__call").first()


def _help_of(entry: Entry) -> Help | None:
    return Help.objects.filter(pk=entry.facts["help"]).select_related("proposal__event__call", "wanted").first()


def _address(proposal: Proposal, name: str, *more: str) -> str:
    address = reverse(name, args=[proposal.event.slug, proposal.code, *more])
    return f"{settings.CONFIG.base_url}{_in_language(proposal, address)}"


def _quoted(words: str) -> str:
    return "\n".join(f"> {line}" for line in harmless(words).splitlines())


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
    if not author.email or author.left_at is not None:  # erased since, or gone
        return
    proposal = author.proposal = context["proposal"]
    context = context | {"name": harmless(author.name), "link": author_link(author)}
    _write_to(author.email, name, proposal, entry, context, dedupe=dedupe)


def _write_to(email: str, name: str, proposal: Proposal, entry: Entry, context: dict[str, Any], *, dedupe: str) -> None:
    write_letter(
        f"call/letters/{name}",
        to=email,
        language=proposal.language,
        at=entry.at,
        dedupe=dedupe,
        event_id=proposal.event_id,
        context=context,
    )
