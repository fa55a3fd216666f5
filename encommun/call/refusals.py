"""Why something about the call or a proposal is refused."""

from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused


class NoCall(Refused):
    """The event has no call."""

    code, kind = "no_call", Kind.MISSING
    text = _("This gathering has no open call.")


class CallNotOpenYet(Refused):
    """Too early."""

    code = "call_not_open_yet"
    text = _("The call opens on {moment}.")


class CallClosed(Refused):
    """Too late to begin or to publish."""

    code = "call_closed"
    text = _("The call closed on {moment}. Your text is kept: you can still read it and save it, and no longer publish it.")


class NotComplete(Refused):
    """Something that readers need is missing; ``missing`` gives a sentence for each field."""

    code, kind = "not_complete", Kind.INVALID
    text = _("A few things are missing before everyone can read your proposal.")


class NotDescribed(Refused):
    """Not in a format that its authors described."""

    code = "not_described"
    text = _("This proposal is not in a format that its authors described in their own words.")


class NotADraft(Refused):
    """Published already, or withdrawn."""

    code = "not_a_draft"
    text = _("This proposal is no longer a draft.")


class NotAsked(Refused):
    """Its publication does not wait for the team."""

    code = "not_asked"
    text = _("This proposal no longer waits to be let in.")


class NotPublished(Refused):
    """Still a draft, or withdrawn."""

    code = "not_published"
    text = _("This proposal is not published.")


class AlreadyWithdrawn(Refused):
    """Withdrawn before."""

    code = "already_withdrawn"
    text = _("This proposal was withdrawn.")


class Withdrawn(Refused):
    """What the address of a withdrawn proposal answers (410)."""

    code, kind = "withdrawn", Kind.MISSING
    text = _("This proposal was withdrawn by its authors on {day}.")


class Removed(Withdrawn):
    """What the address of a proposal that the team removed answers (410)."""

    code = "removed"
    text = _("The team removed this proposal from public view: {reason}.")


class NotRemoved(Refused):
    """The team did not remove it."""

    code = "not_removed"
    text = _("The team has not removed this proposal.")


class UnknownChoice(Refused):
    """An axis, a format or a licence that the event does not have."""

    code, kind = "unknown_choice", Kind.INVALID
    text = _("«{choice}» is not one of the choices.")


class ReasonMissing(Refused):
    """An answer without a reason."""

    code, kind = "reason_missing", Kind.INVALID
    text = _("Give a reason: the authors will read it.")


class AlreadyReleased(Refused):
    """The authors have read the answer."""

    code = "already_released"
    text = _("The authors have received this answer on {day}: it can no longer be changed here. Write to them.")


class OwnProposal(Refused):
    """Somebody would choose her own proposal."""

    code, kind = "own_proposal", Kind.FORBIDDEN
    text = _("You are among the authors of this proposal: somebody else in the team answers it.")


class NothingToRelease(Refused):
    """No answer is ready."""

    code = "nothing_to_release"
    text = _("No answer is ready to be sent.")


class NotReading(Refused):
    """Readers do not read now."""

    code = "not_reading"
    text = _("Proposals are not being read now.")


class OwnReading(Refused):
    """Somebody would judge her own proposal."""

    code, kind = "own_reading", Kind.FORBIDDEN
    text = _("You are among the authors of this proposal: others read it.")


class InConflict(Refused):
    """She said that she is too close to it."""

    code, kind = "in_conflict", Kind.FORBIDDEN
    text = _("You said that you are too close to this proposal: others read it.")


class LevelMissing(Refused):
    """A review without one of its levels, or with one that does not exist."""

    code, kind = "level_missing", Kind.INVALID
    text = _("Choose an answer for each question.")


class NoCriteria(Refused):
    """Nothing to look at."""

    code, kind = "no_criteria", Kind.INVALID
    text = _("Write at least one criterion first.")


class NobodyToRead(Refused):
    """No reader can be asked."""

    code = "nobody_to_read"
    text = _("There is nobody to ask: no reader, or all proposals have theirs.")


class NotReader(Refused):
    """Not one of those who read."""

    code, kind = "not_reader", Kind.INVALID
    text = _("This person is not among the readers.")


class MergeWithMissing(Refused):
    """«Merge with …» without saying what."""

    code, kind = "merge_with_missing", Kind.INVALID
    text = _("Say with which published proposal: write its code.")


class NoOffer(Refused):
    """There is nothing to confirm."""

    code = "no_offer"
    text = _("There is no offer to answer here.")


class AlreadyAnswered(Refused):
    """The offer was answered before."""

    code = "already_answered"
    text = _("You have already answered. If something changed, write to the team.")


class WrongDates(Refused):
    """A call that would close before it opens."""

    code, kind = "wrong_dates", Kind.INVALID
    text = _("The call must close after it opens.")


class FilledTrap(Refused):
    """The field that people do not see was filled."""

    code, kind = "filled_trap", Kind.INVALID
    text = _(
        "A hidden field was filled, as machines do. If you are a person, it is empty again now: send once more, nothing is lost."
    )


class DraftMadeAlready(Refused):
    """The same page was sent twice with different texts."""

    code = "draft_made_already"
    text = _("This page already made a draft: its link is in your e-mail. Send again to begin another one with this text.")


class OnlyHelps(Refused):
    """Somebody who lends a hand would change the text."""

    code, kind = "only_helps", Kind.FORBIDDEN
    text = _("You give a hand here; those who carry the proposal change its text.")


class AlreadyAuthor(Refused):
    """The address is an author's."""

    code = "already_author"
    text = _("This person is already among the authors.")


class AlreadyInvited(Refused):
    """An invitation to this address waits for its answer."""

    code = "already_invited"
    text = _("An invitation to this address is waiting for its answer.")


class InvitationAnswered(Refused):
    """Answered before, or taken back."""

    code = "invitation_answered"
    text = _("This invitation was answered or taken back.")


class LastAuthor(Refused):
    """The only author would leave."""

    code = "last_author"
    text = _("You are the only author. You can withdraw the proposal, or invite somebody to carry it first.")


class TooManyAuthors(Refused):
    """More people than a page can name."""

    code = "too_many_authors"
    text = _("A proposal has {most} authors at most, invitations included.")


class HelpAnswered(Refused):
    """Answered before, or taken back."""

    code = "help_answered"
    text = _("This offer of help was answered or taken back.")


class NotWanted(Refused):
    """Found since, or no longer wanted."""

    code = "not_wanted"
    text = _("This was found since, or is no longer looked for.")


class OnlyCarriers(Refused):
    """Somebody else than those who carry it would withdraw it."""

    code, kind = "only_carriers", Kind.FORBIDDEN
    text = _("Only those who carry the proposal withdraw it. You can leave it.")


class TooManyWanted(Refused):
    """More than a page can hold."""

    code = "too_many_wanted"
    text = _("A proposal looks for {most} things at most. Take away what was found first.")


class SuggestionAnswered(Refused):
    """Answered before, or taken back."""

    code = "suggestion_answered"
    text = _("This suggestion was answered or taken back.")


class NothingSuggested(Refused):
    """The text suggested is the text that is there."""

    code, kind = "nothing_suggested", Kind.INVALID
    text = _("This is the text that is already there: change a word of it first.")


class NoSuchVersion(Refused):
    """There is no version of that number."""

    code, kind = "no_such_version", Kind.MISSING
    text = _("There is no such version.")


class Merged(Refused):
    """What the address of a merged proposal answers: it leads to the other one for ever (301)."""

    code, kind = "merged", Kind.MISSING
    text = _("This proposal was merged into another one.")


class NotToMerge(Refused):
    """The same one twice, one that is not public, or one that has its answer already."""

    code = "not_to_merge"
    text = _("These two cannot be merged: both must be public, different, and the second without an answer of the team.")


class MergeWaiting(Refused):
    """One of the two is being merged."""

    code = "merge_waiting"
    text = _("One of them is being merged already: answer that one first.")


class MergeEnded(Refused):
    """Agreed, declined or taken back before."""

    code = "merge_ended"
    text = _("This merge was agreed, declined or taken back before.")


class TooLateToUndo(Refused):
    """More than a week ago, or undone before."""

    code = "too_late_to_undo"
    text = _("A merge is undone within {days} days. You can still split the proposal in two.")


class FormatUsed(Refused):
    """Proposals use it."""

    code = "format_used"
    text = _("Proposals use this format: it stays. You can change its name.")


class QuestionIncomplete(Refused):
    """No words, or fewer than two choices."""

    code, kind = "question_incomplete", Kind.INVALID
    text = _("A question has words, and at least two choices when one chooses.")
