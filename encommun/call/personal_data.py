"""What the call holds about people: those who propose, and who answered them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from encommun.call.content import EMPTY, Content
from encommun.call.models import Author, Decision, Help, Invitation, Proposal, Reading, Revision, Suggestion
from encommun.call.reading_data import HOLDINGS_OF_READING
from encommun.call.rules import HELP_LINK, INVITATION_LINK, LINK, SUGGESTION_LINK, released_decision
from encommun.call.search import index
from encommun.foundation.holdings import Holding, Kept, Subject


def find_authors(subject: Subject) -> Iterable[Author]:
    """Authorships of an account, of its addresses, and of the links opened."""
    codes = [code for purpose, code in subject.links if purpose == LINK]
    mine = Q(email__in=subject.emails - {""}) | (Q(code__in=codes) & ~Q(email=""))
    if subject.account_id is not None:
        mine |= Q(account_id=subject.account_id)
    return Author.with_former.filter(mine).select_related(
        "proposal__event", "proposal__axis", "proposal__format", "proposal__decision"
    )


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
        "available": author.available,
        "wished": author.wished,
        "zone": author.zone,
        "created_at": proposal.created_at.isoformat(),
        "published_at": proposal.published_at.isoformat() if proposal.published_at else None,
        "text": Content.of(proposal).as_json(),
        "answer": {"outcome": decision.outcome, "reason": decision.reason, "yours": decision.answer} if decision else None,
    }


def erase_authors(subject: Subject, *, at: datetime) -> list[Kept]:
    """Her drafts go, unless others write them too; what was published under a licence stays, without her name and her address."""
    kept = []
    for author in find_authors(subject):
        proposal = author.proposal
        alone = not proposal.authors.exclude(pk=author.pk).exclude(email="").exists()
        if alone and proposal.published_at is None:
            proposal.delete()
            continue
        if author.left_at is not None or proposal.published_at is None:
            author.delete()
            continue
        nobody = {"account": None, "email": "", "name": "", "structure_name": "", "name_is_public": False}
        nobody |= {"available": [], "wished": [], "zone": ""}
        Author.objects.filter(pk=author.pk).update(link_epoch=F("link_epoch") + 1, **nobody)
        if alone and proposal.state == Proposal.State.WITHDRAWN:
            _empty(proposal)
        elif proposal.state == Proposal.State.PUBLISHED:
            kept.append(_text_that_stays(proposal))
    return kept


def _empty(proposal: Proposal) -> None:
    """A withdrawn text goes for good; its address still says that it was withdrawn."""
    EMPTY.put_on(proposal)
    proposal.save()
    index(proposal)
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
    Author.with_former.filter(left_at__lt=at - timedelta(days=30)).delete()
    return count


def page_of(author: Author) -> str | None:
    """Where she reads and changes it."""
    return reverse("call:draft", args=[author.proposal.event.slug, author.proposal.code])


def find_invitations(subject: Subject) -> Iterable[Invitation]:
    """Invitations sent to her."""
    codes = [code for purpose, code in subject.links if purpose == INVITATION_LINK]
    return (
        Invitation.objects.filter(Q(email__in=subject.emails - {""}) | Q(code__in=codes)).select_related("proposal").order_by("id")
    )


def export_invitation(invitation: Invitation) -> dict[str, Any]:
    """An invitation to build a proposal."""
    return {
        "email": invitation.email,
        "proposal": invitation.proposal.code,
        "part": invitation.part,
        "words": invitation.words,
        "state": invitation.state,
        "made_at": invitation.made_at.isoformat(),
    }


def erase_invitations(subject: Subject, *, at: datetime) -> list[Kept]:
    """They go."""
    Invitation.objects.filter(pk__in=[invitation.pk for invitation in find_invitations(subject)]).delete()
    return []


def purge_invitations(*, at: datetime) -> int:
    """Invitations go a month after their answer, or two months after nobody answered."""
    month = timedelta(days=30)
    stale = Invitation.objects.filter(Q(answered_at__lt=at - month) | Q(answered_at=None, made_at__lt=at - 2 * month))
    return stale.delete()[0]


def find_helps(subject: Subject) -> Iterable[Help]:
    """Her offers of help."""
    codes = [code for purpose, code in subject.links if purpose == HELP_LINK]
    mine = Q(email__in=subject.emails - {""}) | Q(code__in=codes)
    if subject.account_id is not None:
        mine |= Q(account_id=subject.account_id)
    return Help.objects.filter(mine).select_related("proposal__event").order_by("id")


def export_help(help: Help) -> dict[str, Any]:
    """An offer of help, with its answer."""
    return {
        "account": help.account_id,
        "email": help.email,
        "name": help.name,
        "proposal": help.proposal.code,
        "part": help.part,
        "words": help.words,
        "state": help.state,
        "made_at": help.made_at.isoformat(),
        "answer": help.answer,
    }


def erase_helps(subject: Subject, *, at: datetime) -> list[Kept]:
    """They go; the part that an accepted one gave is an authorship, erased as such."""
    Help.objects.filter(pk__in=[help.pk for help in find_helps(subject)]).delete()
    return []


def purge_helps(*, at: datetime) -> int:
    """Offers never confirmed go after a week; the others a year after the gathering."""
    limit = (at - timedelta(days=365)).date()
    unproven = Q(state=Help.State.UNPROVEN, made_at__lt=at - timedelta(days=7))
    return Help.objects.filter(unproven | Q(proposal__event__ends_on__lt=limit)).delete()[0]


def find_suggestions(subject: Subject) -> Iterable[Suggestion]:
    """Her suggestions."""
    codes = [code for purpose, code in subject.links if purpose == SUGGESTION_LINK]
    mine = Q(email__in=subject.emails - {""}) | (Q(code__in=codes) & ~Q(email=""))
    if subject.account_id is not None:
        mine |= Q(account_id=subject.account_id)
    return Suggestion.objects.filter(mine).select_related("proposal__event").order_by("id")


def export_suggestion(suggestion: Suggestion) -> dict[str, Any]:
    """A suggestion, with its answer."""
    names = ("email", "name", "name_is_public", "field", "before", "text", "words", "state", "answer")
    about = {"account": suggestion.account_id, "proposal": suggestion.proposal.code, "made_at": suggestion.made_at.isoformat()}
    return about | {name: getattr(suggestion, name) for name in names}


def erase_suggestions(subject: Subject, *, at: datetime) -> list[Kept]:
    """Those not taken up go; the others stay without anybody's name."""
    keys = [suggestion.pk for suggestion in find_suggestions(subject)]
    Suggestion.objects.filter(pk__in=keys).exclude(state=Suggestion.State.TAKEN).delete()
    Suggestion.objects.filter(pk__in=keys).update(account=None, email="", name="", name_is_public=False)
    return []


def purge_suggestions(*, at: datetime) -> int:
    """Suggestions never confirmed go after a week; those not taken up a year after the gathering."""
    limit = (at - timedelta(days=365)).date()
    unproven = Q(state=Suggestion.State.UNPROVEN, made_at__lt=at - timedelta(days=7))
    old = Q(proposal__event__ends_on__lt=limit) & ~Q(state=Suggestion.State.TAKEN)
    return Suggestion.objects.filter(unproven | old).delete()[0]


def find_readings(subject: Subject) -> Iterable[Reading]:
    """What she follows."""
    if subject.account_id is None:
        return Reading.objects.none()
    return Reading.objects.filter(account_id=subject.account_id).select_related("proposal").order_by("id")


def export_reading(reading: Reading) -> dict[str, Any]:
    """A proposal that she follows, and how far she has read."""
    facts = {"proposal": reading.proposal.code, "version": reading.version, "at": reading.at.isoformat()}
    return {"account": reading.account_id} | facts


def erase_readings(subject: Subject, *, at: datetime) -> list[Kept]:
    """They go."""
    find_readings(subject).delete()  # type: ignore[attr-defined]
    return []


def purge_readings(*, at: datetime) -> int:
    """They go a year after the gathering."""
    return Reading.objects.filter(proposal__event__ends_on__lt=(at - timedelta(days=365)).date()).delete()[0]


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
    *HOLDINGS_OF_READING,
    Holding(
        model="call.Author",
        fields={
            "account": _("To open your proposals when you are signed in."),
            "email": _("To send you the link to your draft and the answer of the team."),
            "name": _("To know who proposes; public only if you say so."),
            "structure_name": _("To know where you come from; public only with your name."),
            "available": _("To place your session when you can be there."),
            "wished": _("To place your session when you would rather be there."),
            "zone": _("To place your session at a kind hour when you speak from afar."),
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
        model="call.Invitation",
        fields={"email": _("To send you the invitation to build a proposal.")},
        purpose=_("Build proposals together."),
        basis="6.1.f",
        keeps=_("One month after your answer; two months without one."),
        find=find_invitations,
        export=export_invitation,
        erase=erase_invitations,
        purge=purge_invitations,
    ),
    Holding(
        model="call.Help",
        fields={
            "account": _("To show you your offers of help when you are signed in."),
            "email": _("To prove that you offer it, and to send you the authors' answer."),
            "name": _("So that the authors know who offers; nobody else reads it."),
        },
        purpose=_("Build proposals together."),
        basis="6.1.b",
        keeps=_("One week when it is not confirmed; otherwise one year after the gathering."),
        find=find_helps,
        export=export_help,
        erase=erase_helps,
        heading=_("Your offers of help"),
        title=lambda help: str(help.proposal),
        address=lambda help: reverse("call:own_help", args=[help.proposal.event.slug, help.proposal.code, help.code]),
        purge=purge_helps,
    ),
    Holding(
        model="call.Suggestion",
        fields={
            "account": _("To show you your suggestions when you are signed in."),
            "email": _("To prove that the suggestion is yours, and to send you the authors' answer."),
            "name": _("To thank you in the history, if you say so."),
        },
        purpose=_("Build proposals together."),
        basis="6.1.b",
        keeps=_(
            "One week when it is not confirmed; one year after the gathering when it was not taken up; otherwise with the proposal."
        ),
        find=find_suggestions,
        export=export_suggestion,
        erase=erase_suggestions,
        also=("name_is_public",),
        heading=_("Your suggestions"),
        title=lambda suggestion: str(suggestion.proposal),
        address=lambda one: reverse("call:own_suggestion", args=[one.proposal.event.slug, one.proposal.code, one.code]),
        purge=purge_suggestions,
    ),
    Holding(
        model="call.Reading",
        fields={"account": _("To show you what changed since you last read.")},
        purpose=_("Tell you what changed in the proposals that you follow."),
        basis="6.1.b",
        keeps=_("Until you stop following, or one year after the gathering."),
        find=find_readings,
        export=export_reading,
        erase=erase_readings,
        purge=purge_readings,
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
