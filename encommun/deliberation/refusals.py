"""Why something about talking and deciding is refused."""

from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused


class TalkClosed(Refused):
    """The team closed it, or its last day has passed."""

    code = "talk_closed"
    text = _("Messages are closed here. What was written stays readable.")


class TopicClosed(Refused):
    """What people talked about is no longer public."""

    code = "topic_closed"
    text = _("This is no longer open: there is nothing to write here.")


class NothingWritten(Refused):
    """An empty message."""

    code, kind = "nothing_written", Kind.INVALID
    text = _("Write a few words.")


class TooLong(Refused):
    """A text longer than its field."""

    code, kind = "too_long", Kind.INVALID
    text = _("This text is too long: {most} characters at most.")


class NotShown(Refused):
    """The message waits, or was withdrawn or removed."""

    code = "not_shown"
    text = _("This message is not shown: it waits, or was withdrawn or removed.")


class AlreadyProven(Refused):
    """The address was confirmed before."""

    code = "already_proven"
    text = _("This was confirmed before.")


class AlreadyGone(Refused):
    """Withdrawn or removed before."""

    code = "already_gone"
    text = _("This message was withdrawn or removed.")


class NotRemoved(Refused):
    """Only what the team removed can be put back."""

    code = "not_removed"
    text = _("This message was not removed by the team.")


class UnknownReason(Refused):
    """Not one of the reasons."""

    code, kind = "unknown_reason", Kind.INVALID
    text = _("Choose one of the reasons.")


class TrapFilled(Refused):
    """The field that people do not see was filled."""

    code, kind = "filled_trap", Kind.INVALID
    text = _(
        "A hidden field was filled, as machines do. If you are a person, it is empty again now: send once more, nothing is lost."
    )


class TooManyInterests(Refused):
    """More than anybody can attend."""

    code = "too_many_interests"
    text = _("You have marked {most} already: take some away first.")


class SameTopic(Refused):
    """A topic would be moved to itself, or in a circle."""

    code, kind = "same_topic", Kind.INVALID
    text = _("These are the same thing already.")


class NotMoved(Refused):
    """There is nothing to move back."""

    code = "not_moved"
    text = _("Nothing was moved here.")


class NoCommittee(Refused):
    """The event has none, or it takes nobody now."""

    code = "no_committee"
    text = _("The committee takes no new member at the moment.")


class AlreadyAsked(Refused):
    """She asked before, or is in it."""

    code = "already_asked"
    text = _("You have asked already, or are in the committee.")


class RequestAnswered(Refused):
    """Answered before."""

    code = "request_answered"
    text = _("This request was answered before.")


class NotMember(Refused):
    """Only members do this."""

    code, kind = "not_member", Kind.FORBIDDEN
    text = _("Only members of the committee do this.")


class SignInFirst(Refused):
    """An account is needed, to count each person once."""

    code, kind = "sign_in_first", Kind.FORBIDDEN
    text = _("Sign in first: a code comes by e-mail, there is no password.")


class PollNotOpen(Refused):
    """Not yet, or no longer."""

    code = "poll_not_open"
    text = _("This vote is not open.")


class NotVoter(Refused):
    """Others vote."""

    code, kind = "not_voter", Kind.FORBIDDEN
    text = _("This vote is for: {who}.")


class UnknownGrade(Refused):
    """Not one of the grades, or an option that the poll does not have."""

    code, kind = "unknown_grade", Kind.INVALID
    text = _("Choose one of the grades for each.")


class TooFewOptions(Refused):
    """Nothing to compare."""

    code, kind = "too_few_options", Kind.INVALID
    text = _("Choose at least two things to judge.")


class UnknownElectorate(Refused):
    """Not one of the groups."""

    code, kind = "unknown_electorate", Kind.INVALID
    text = _("Choose who votes.")


class PollBegun(Refused):
    """Its ballots exist: it changes no more."""

    code = "poll_begun"
    text = _("This vote has begun: it changes no more.")


class ClosesTooSoon(Refused):
    """It would be over before it began."""

    code, kind = "closes_too_soon", Kind.INVALID
    text = _("The last day must be in the future.")
