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


class NotADraft(Refused):
    """Published already, or withdrawn."""

    code = "not_a_draft"
    text = _("This proposal is no longer a draft.")


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
