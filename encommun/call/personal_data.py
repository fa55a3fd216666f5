"""What the call holds about people: those who propose, and who answered them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from encommun.call.content import EMPTY, Content
from encommun.call.models import Author, Decision, Proposal, Revision
from encommun.call.rules import LINK, released_decision
from encommun.foundation.holdings import Holding, Kept, Subject


def find_authors(subject: Subject) -> Iterable[Author]:
    """Authorships of an account, of its addresses, and of the links opened."""
    codes = [code for purpose, code in subject.links if purpose == LINK]
    mine = Q(email__in=subject.emails) | (Q(proposal__code__in=codes) & ~Q(email=""))
    if subject.account_id is not None:
        mine |= Q(account_id=subject.account_id)
    return Author.objects.filter(mine).select_related("proposal__event", "proposal__axis", "proposal__format", "proposal__decision")


def export_author(author: Author) -> dict[str, Any]:
    """An authorship, with the text and, once released, the answer."""
    proposal = author.proposal
    decision = released_decision(proposal)
    return {
        "event": proposal.event.slug,
        "code": proposal.code,
        "state": proposal.state,
        "name": author.name,
        "email": author.email,
        "structure": author.structure_name,
        "part": author.part,
        "name_is_public": author.name_is_public,
        "created_at": proposal.created_at.isoformat(),
        "published_at": proposal.published_at.isoformat() if proposal.published_at else None,
        "text": Content.of(proposal).as_json(),
        "answer": {"outcome": decision.outcome, "reason": decision.reason, "yours": decision.answer} if decision else None,
    }


def erase_authors(subject: Subject, *, at: datetime) -> list[Kept]:
    """Drafts go; what was published under a licence stays, without the name and the address of the one who wrote it."""
    kept = []
    for author in find_authors(subject):
        proposal = author.proposal
        alone = not proposal.authors.exclude(pk=author.pk).exclude(email="").exists()
        if alone and proposal.published_at is None:
            proposal.delete()
            continue
        nobody = {"account": None, "email": "", "name": "", "structure_name": "", "name_is_public": False}
        Author.objects.filter(pk=author.pk).update(**nobody)
        Proposal.objects.filter(pk=proposal.pk).update(link_epoch=F("link_epoch") + 1)
        if alone and proposal.state == Proposal.State.WITHDRAWN:
            _empty(proposal)
        elif proposal.state == Proposal.State.PUBLISHED:
            kept.append(_text_that_stays(proposal))
    return kept


def _empty(proposal: Proposal) -> None:
    """A withdrawn text goes for good; its address still says that it was withdrawn."""
    EMPTY.put_on(proposal)
    proposal.save()
    Revision.objects.filter(proposal=proposal).delete()


def _text_that_stays(proposal: Proposal) -> Kept:
    return Kept(
        what=str(_("The published text «{title}», without your name.")).format(title=proposal.title),
        why=str(
            _(
                "It was given to everyone under its licence; its author is now «a person». To take the text itself away, withdraw it first."
            )
        ),
        until=str(_("for as long as the gathering's site lives")),
    )


def purge_drafts(*, at: datetime) -> int:
    """Drafts never published go a year after the gathering; answers how many."""
    limit = (at - timedelta(days=365)).date()
    stale = Proposal.objects.filter(published_at=None, event__ends_on__lt=limit, saved_at__lt=at - timedelta(days=365))
    count = stale.count()
    stale.delete()
    return count


def page_of(author: Author) -> str | None:
    """Where she reads and changes it."""
    return reverse("call:draft", args=[author.proposal.event.slug, author.proposal.code])


def find_revisions(subject: Subject) -> Iterable[Revision]:
    """Versions that her account saved."""
    mine = (
        Revision.objects.filter(actor=f"account:{subject.account_id}")
        if subject.account_id is not None
        else Revision.objects.none()
    )
    return mine.select_related("proposal").order_by("id")


def export_revision(revision: Revision) -> dict[str, Any]:
    """A version that she saved."""
    return {
        "actor": revision.actor,
        "proposal": revision.proposal.code,
        "version": revision.version,
        "at": revision.at.isoformat(),
        "fields": revision.fields,
    }


def erase_revisions(subject: Subject, *, at: datetime) -> list[Kept]:
    """The text stays with its proposal; who saved it is forgotten."""
    if subject.account_id is not None:
        Revision.objects.filter(actor=f"account:{subject.account_id}").update(actor="erased")
    return []


def find_answers(subject: Subject) -> Iterable[Decision]:
    """Answers that an account of the team wrote."""
    return Decision.objects.filter(decided_by_id=subject.account_id).exclude(decided_by=None).select_related("proposal")


def export_answer(decision: Decision) -> dict[str, Any]:
    """An answer written as a member of the team."""
    return {"code": decision.proposal.code, "outcome": decision.outcome, "decided_at": decision.decided_at.isoformat()}


def erase_answers(subject: Subject, *, at: datetime) -> list[Kept]:
    """The answers stay the team's; who wrote them is forgotten."""
    find_answers(subject).update(decided_by=None)  # type: ignore[attr-defined]
    return []


HOLDINGS = [
    Holding(
        model="call.Author",
        fields={
            "account": _("To open your proposals when you are signed in."),
            "email": _("To send you the link to your draft and the answer of the team."),
            "name": _("To know who proposes; public only if you say so."),
            "structure_name": _("To know where you come from; public only with your name."),
        },
        purpose=_("Receive proposals, answer them, and credit those who carry them."),
        basis="6.1.b",
        keeps=_(
            "A draft that was never published: one year after the gathering. The rest: with the published proposal, until you ask for its erasure."
        ),
        find=find_authors,
        export=export_author,
        erase=erase_authors,
        heading=_("Your proposals"),
        title=lambda author: str(author.proposal),
        address=page_of,
        purge=purge_drafts,
    ),
    Holding(
        model="call.Revision",
        fields={"actor": _("To know which account saved a version of the text.")},
        purpose=_("Lose no text, and know what changed."),
        basis="6.1.f",
        keeps=_("As long as the proposal; once your account is erased its number names nobody."),
        find=find_revisions,
        export=export_revision,
        erase=erase_revisions,
    ),
    Holding(
        model="call.Decision",
        fields={"decided_by": _("To know who in the team wrote an answer.")},
        purpose=_("Answer proposals as a team."),
        basis="6.1.f",
        keeps=_("As long as the account in the team."),
        find=find_answers,
        export=export_answer,
        erase=erase_answers,
    ),
]
