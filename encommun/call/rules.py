"""Who may do what with a proposal, and when."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from encommun.call.content import Content
from encommun.call.models import (
    Author,
    Call,
    Conflict,
    Decision,
    Help,
    Invitation,
    LateLink,
    Merge,
    Proposal,
    Question,
    Suggestion,
    Wanted,
)
from encommun.call.refusals import (
    AlreadyAnswered,
    AlreadyReleased,
    AlreadyWithdrawn,
    CallClosed,
    CallNotOpenYet,
    HelpAnswered,
    InConflict,
    InvitationAnswered,
    LastAuthor,
    MergeEnded,
    NoCall,
    NoOffer,
    NotADraft,
    NotComplete,
    NotPublished,
    NotToMerge,
    NotWanted,
    OnlyCarriers,
    OnlyHelps,
    OwnProposal,
    SuggestionAnswered,
    TooLateToUndo,
)
from encommun.events.models import Event
from encommun.events.rules import may_act_as
from encommun.foundation.actor import VISITOR, Actor, ActorKind, Role
from encommun.foundation.refusals import NotFound, Verdict
from encommun.ui.dates import day, moment

#: What the secret link of an invitation, of an offer of help or of a suggestion opens: the page where it is answered or confirmed.
INVITATION_LINK, HELP_LINK, SUGGESTION_LINK = "call.invitation", "call.help", "call.suggestion"
#: What the secret address for those who are late opens: the call, until its moment.
LATE_LINK = "call.late"
#: Days during which a merge can be undone.
DAYS_TO_UNDO = 7
#: Authors and invitations that a proposal may have at once.
MOST_AUTHORS = 20

#: What the secret link of an author opens: her proposal, as herself.
LINK = "call.author"


def call_of(event: Event) -> Call | None:
    """The event's call, if it has one."""
    return getattr(event, "call", None)


def may_propose(event: Event, at: datetime, actor: Actor = VISITOR) -> Verdict:
    """Whether the call takes new proposals, for one format at least or through a link for those who are late.

    Deadlines count through the whole second at which they close.
    """
    call = call_of(event)
    if call is None:
        return NoCall()
    formats = list(event.formats.all())
    opens_at = min([call.opens_at, *(one.opens_at for one in formats if one.opens_at)])
    closes_at = max([call.closes_at, *(one.closes_at for one in formats if one.closes_at)])
    if at < opens_at:
        return CallNotOpenYet(moment=moment(opens_at, event.zone))
    if at.replace(microsecond=0) > closes_at and late_link_of(event, actor, at) is None:
        return CallClosed(moment=moment(closes_at, event.zone))
    return True


def late_link_of(event: Event, actor: Actor, at: datetime) -> LateLink | None:
    """The link for those who are late that the actor opened, while it lives."""
    codes = [code for purpose, code in actor.links if purpose == LATE_LINK]
    if not codes:
        return None
    return LateLink.objects.filter(call__event=event, code__in=codes, ended_at=None, until__gte=at).order_by("-until").first()


def may_publish_now(proposal: Proposal, at: datetime, actor: Actor = VISITOR) -> Verdict:
    """Whether the deadline that counts for this proposal is not past (``deadline_of``)."""
    call, event = call_of(proposal.event), proposal.event
    if call is None:
        return NoCall()
    chosen = proposal.format
    opens_at = chosen.opens_at if chosen is not None and chosen.opens_at else call.opens_at
    if at < opens_at:
        return CallNotOpenYet(moment=moment(opens_at, event.zone))
    if at.replace(microsecond=0) > deadline_of(proposal, at, actor):
        return CallClosed(
            moment=moment(chosen.closes_at if chosen is not None and chosen.closes_at else call.closes_at, event.zone)
        )
    return True


def open_until(event: Event, at: datetime, actor: Actor = VISITOR) -> datetime:
    """The last moment to begin: the call's; once it is past, that of the formats which are still open, or of a late link."""
    call = event.call
    if at.replace(microsecond=0) <= call.closes_at:
        return call.closes_at
    link = late_link_of(event, actor, at)
    later = [one.closes_at for one in event.formats.all() if one.closes_at]
    return max([call.closes_at, *later, *([link.until] if link is not None else [])])


def deadline_of(proposal: Proposal, at: datetime, actor: Actor = VISITOR) -> datetime:
    """The last moment to publish it: its format's, else the call's; later when it was begun, or its author comes, through a late link."""
    call, chosen = proposal.event.call, proposal.format
    usual = chosen.closes_at if chosen is not None and chosen.closes_at else call.closes_at
    link = late_link_of(proposal.event, actor, at)
    return max(filter(None, (usual, proposal.late_until, link.until if link is not None else None)))


def author_among(actor: Actor, proposal: Proposal) -> Author | None:
    """Which author the actor is: signed in with her account or her address, else through her own secret link."""
    authors = [author for author in proposal.authors.all() if author.email]  # an erased author is nobody any more
    signed_in = (a for a in authors if actor.is_signed_in and (actor.account_id == a.account_id or actor.email == a.email))
    by_link = (author for author in authors if actor.holds_link(LINK, author.code))
    return next(signed_in, None) or next(by_link, None)


def is_author(actor: Actor, proposal: Proposal) -> bool:
    """Whether the actor is among the authors."""
    return author_among(actor, proposal) is not None


def may_see_as_author(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether the actor is among the authors; to anybody else the draft does not exist."""
    return True if actor.kind == ActorKind.SYSTEM or is_author(actor, proposal) else NotFound()


def may_build(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether the actor works on it with the other authors: its text, who joins, what is looked for."""
    if actor.kind == ActorKind.SYSTEM:
        return True
    author = author_among(actor, proposal)
    if author is None:
        return NotFound()
    if author.part == Author.Part.HELPS:
        return OnlyHelps()
    return AlreadyWithdrawn() if proposal.state == Proposal.State.WITHDRAWN else True


def may_save_draft(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether a draft can be saved. The deadline does not matter: nothing typed is lost."""
    if (seen := may_see_as_author(actor, proposal)) is not True:
        return seen
    if isinstance(may := may_build(actor, proposal), OnlyHelps):
        return may
    return True if proposal.state == Proposal.State.DRAFT else NotADraft()


def may_publish(actor: Actor, proposal: Proposal, at: datetime) -> Verdict:
    """Whether the author may publish now, as far as the call and the draft's state go."""
    if (may_save := may_save_draft(actor, proposal)) is not True:
        return may_save
    return True if proposal.split_from_id is not None else may_publish_now(proposal, at, actor)  # a half was in time with its whole


def waits_for_team(actor: Actor, proposal: Proposal) -> bool:
    """Whether the team reads it before everyone does: it so decided, and never published anything of this person before.

    A typed address proves nothing: who she is shows by her account, or by the secret link of what she published.
    """
    call = call_of(proposal.event)
    if call is None or not call.reads_first or proposal.split_from_id is not None or may_choose(actor, proposal.event) is True:
        return False
    hers = Q(code__in=[code for purpose, code in actor.links if purpose == LINK])
    if actor.is_signed_in:
        hers |= Q(account_id=actor.account_id) | Q(email=actor.email)
    return not Author.objects.filter(hers).exclude(email="").exclude(proposal__published_at=None).exists()


def may_leave(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether the author may leave: somebody else who works on it stays."""
    me = author_among(actor, proposal)
    if me is None:
        return NotFound()
    others = [a for a in proposal.authors.all() if a.email and a != me and a.part != Author.Part.HELPS]
    return True if others or me.part == Author.Part.HELPS else LastAuthor()


def may_answer_invitation(actor: Actor, invitation: Invitation) -> Verdict:
    """Whether the actor is the one invited, and has not answered."""
    is_hers = actor.holds_link(INVITATION_LINK, invitation.code) or (actor.is_signed_in and actor.email == invitation.email)
    if not is_hers:
        return NotFound()
    if invitation.proposal.state == Proposal.State.WITHDRAWN:
        return AlreadyWithdrawn()
    return True if invitation.state == Invitation.State.WAITING else InvitationAnswered()


def may_offer_help(proposal: Proposal, wanted: Wanted | None = None) -> Verdict:
    """Whether the proposal is public, and what is offered still looked for."""
    if proposal.state != Proposal.State.PUBLISHED:
        return NotPublished()
    return NotWanted() if wanted is not None and wanted.closed_at is not None else True


def is_helper(actor: Actor, help: Help) -> Verdict:
    """Whether the actor is the one who offered this help."""
    by_account = actor.is_signed_in and (actor.account_id == help.account_id or actor.email == help.email)
    return True if help.email and (by_account or actor.holds_link(HELP_LINK, help.code)) else NotFound()


def may_answer_help(actor: Actor, help: Help) -> Verdict:
    """Whether the actor is an author, and the help waits for an answer."""
    if (may := may_build(actor, help.proposal)) is not True:
        return may
    return True if help.state == Help.State.WAITING else HelpAnswered()


def may_suggest(proposal: Proposal) -> Verdict:
    """Whether anybody may suggest other words: the proposal is public."""
    return True if proposal.state == Proposal.State.PUBLISHED else NotPublished()


def is_suggester(actor: Actor, suggestion: Suggestion) -> Verdict:
    """Whether the actor made this suggestion."""
    by_account = actor.is_signed_in and (actor.account_id == suggestion.account_id or actor.email == suggestion.email)
    by_link = actor.holds_link(SUGGESTION_LINK, suggestion.code)
    return True if suggestion.email and (by_account or by_link) else NotFound()


def may_answer_suggestion(actor: Actor, suggestion: Suggestion) -> Verdict:
    """Whether the actor is an author, and the suggestion waits for an answer."""
    if (may := may_build(actor, suggestion.proposal)) is not True:
        return may
    return True if suggestion.state == Suggestion.State.WAITING else SuggestionAnswered()


def may_merge(actor: Actor, into: Proposal, other: Proposal) -> Verdict:
    """Whether the actor, an author of one of them or of the programme team, may ask that they become one."""
    if may_build(actor, into) is not True and may_build(actor, other) is not True and not may_choose(actor, into.event):
        return NotFound()
    both_public = into.state == other.state == Proposal.State.PUBLISHED
    if not both_public or into.pk == other.pk or into.event_id != other.event_id or _has_a_place(other):
        return NotToMerge()
    return True


def _has_a_place(proposal: Proposal) -> bool:
    """Whether it was offered a place of its own in the programme, and its authors did not decline it."""
    decision = released_decision(proposal)
    return decision is not None and decision.is_a_place and decision.answer != Decision.Answer.DECLINED


def asked_to_merge(merge: Merge) -> list[Author]:
    """Everybody whose yes it needs: those who build one or the other."""
    both = [*merge.into.authors.all(), *merge.other.authors.all()]
    return [author for author in both if author.email and author.part != Author.Part.HELPS]


def may_see_merge(actor: Actor, merge: Merge) -> Verdict:
    """Whether the actor is an author of one of the two, or of the programme team."""
    authors = is_author(actor, merge.into) or is_author(actor, merge.other)
    return True if authors or may_choose(actor, merge.into.event) else NotFound()


def may_answer_merge(actor: Actor, merge: Merge) -> Verdict:
    """Whether the actor is asked, and the merge still waits."""
    mine = {author_among(actor, merge.into), author_among(actor, merge.other)} - {None}
    if not mine & set(asked_to_merge(merge)):
        return NotFound()
    return True if merge.state == Merge.State.OPEN else MergeEnded()


def may_undo_merge(actor: Actor, merge: Merge, at: datetime) -> Verdict:
    """Whether the actor is an author of what it became, within the week."""
    if (may := may_build(actor, merge.into)) is not True:
        return may
    in_time = merge.ended_at is not None and at < merge.ended_at + timedelta(days=DAYS_TO_UNDO)
    return True if merge.state == Merge.State.DONE and in_time else TooLateToUndo(days=DAYS_TO_UNDO)


def may_split(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether the author may make a second proposal out of this one."""
    return may_edit(actor, proposal)


def may_edit(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether the author may change what is published; the change is public, with its date."""
    if (seen := may_see_as_author(actor, proposal)) is not True:
        return seen
    if isinstance(may := may_build(actor, proposal), OnlyHelps):
        return may
    return True if proposal.state == Proposal.State.PUBLISHED else NotPublished()


def may_withdraw(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether the author may withdraw: one of those who carry it, while there is one."""
    if (seen := may_see_as_author(actor, proposal)) is not True:
        return seen
    me = author_among(actor, proposal)
    carriers = [author for author in proposal.authors.all() if author.email and author.part == Author.Part.CARRIES]
    if carriers and me is not None and me not in carriers:
        return OnlyCarriers()
    return AlreadyWithdrawn() if proposal.state == Proposal.State.WITHDRAWN else True


def missing_fields(content: Content, format_is_free: bool, questions: Iterable[Question] = ()) -> dict[str, str]:
    """What readers need and do not have: field -> sentence."""
    sentences = {
        "title": _("Give it a title."),
        "intention": _("Say in a few sentences what you want to bring."),
        "axis": _("Choose the axis it belongs to."),
        "format": _("Choose a format, or describe yours."),
        "minutes": _("Say how long it lasts."),
        "participants_do": _("Say what those who come will do."),
        "participants_leave_with": _("Say what they will leave with."),
        "licence": _("Choose the licence of your text."),
    }
    missing = {name: sentence for name, sentence in sentences.items() if not getattr(content, name)}
    if format_is_free and not content.format_described:
        missing["format_described"] = _("Describe your format in a few words.")
    for question in questions:
        answer = content.answers.get(question.code)
        is_empty = answer in (None, "", [])
        if question.is_required and is_empty and question.concerns(content.axis, content.format):
            missing[f"q_{question.code}"] = _("The team needs this answer.")
        elif question.least and isinstance(answer, str) and not is_empty and len(answer) < question.least:
            missing[f"q_{question.code}"] = _("At least {n} signs: there are {there}.").format(n=question.least, there=len(answer))
        elif question.least and isinstance(answer, int) and not isinstance(answer, bool) and answer < question.least:
            missing[f"q_{question.code}"] = _("At least {n}.").format(n=question.least)
    return missing


def is_complete(content: Content, format_is_free: bool, questions: Iterable[Question] = ()) -> Verdict:
    """Whether everything that readers and the team need is there."""
    missing = missing_fields(content, format_is_free, questions)
    return NotComplete(missing=missing) if missing else True


def may_choose(actor: Actor, event: Event) -> Verdict:
    """Whether the actor answers proposals on this event."""
    return may_act_as(actor, event, Role.PROGRAMME)


def may_decide(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether the actor may write (or change) the answer to this proposal."""
    if (may := may_choose(actor, proposal.event)) is not True:
        return may
    if is_author(actor, proposal):
        return OwnProposal()
    if Conflict.objects.filter(proposal=proposal, account_id=actor.account_id).exists():
        return InConflict()
    if proposal.state != Proposal.State.PUBLISHED:
        return NotPublished()
    decision = decision_of(proposal)
    if decision is not None and decision.released_at is not None:
        return AlreadyReleased(day=day(decision.released_at.astimezone(proposal.event.zone).date()))
    return True


def decision_of(proposal: Proposal) -> Decision | None:
    """The team's answer, whoever may read it."""
    return getattr(proposal, "decision", None)


def released_decision(proposal: Proposal) -> Decision | None:
    """The team's answer once the authors have it."""
    decision = decision_of(proposal)
    return decision if decision is not None and decision.released_at is not None else None


def may_show_reason(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether the author says if everyone may read why the team answered so."""
    if (may := may_build(actor, proposal)) is not True:
        return may
    return True if released_decision(proposal) is not None else NoOffer()


def may_answer_offer(actor: Actor, proposal: Proposal) -> Verdict:
    """Whether there is an offer that the author may confirm or decline."""
    if (may := may_edit(actor, proposal)) is not True:
        return may
    decision = released_decision(proposal)
    if decision is None or not decision.is_an_offer:
        return NoOffer()
    return AlreadyAnswered() if decision.answer else True
