"""Why something in the programme is refused."""

from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused


class TitleMissing(Refused):
    """A session has a title."""

    code, kind = "title_missing", Kind.INVALID
    text = _("Give the session a title.")


class RoomElsewhere(Refused):
    """The room is in no venue of the event."""

    code, kind = "room_elsewhere", Kind.INVALID
    text = _("This room is in none of the gathering's venues.")


class OutsideDays(Refused):
    """The time is on no day of the event."""

    code, kind = "outside_days", Kind.INVALID
    text = _("This time is on none of the gathering's days.")


class LengthImpossible(Refused):
    """Not between five minutes and a day."""

    code, kind = "length_impossible", Kind.INVALID
    text = _("A session lasts between 5 and 1,440 minutes.")


class SessionCancelled(Refused):
    """Done to a cancelled session."""

    code = "session_cancelled"
    text = _("This session is cancelled. Confirm it again first.")


class SessionNotCancelled(Refused):
    """Confirmed twice."""

    code = "session_confirmed_already"
    text = _("This session is confirmed already.")


class NothingToPutBack(Refused):
    """The session was not moved."""

    code = "nothing_to_put_back"
    text = _("This session was not moved: there is nothing to put back.")


class OfferNotAccepted(Refused):
    """The author has not said yes."""

    code = "offer_not_accepted"
    text = _("This proposal has no offer that its author accepted.")


class SlotsOverlap(Refused):
    """Two slots share a moment."""

    code, kind = "slots_overlap", Kind.INVALID
    text = _("Two slots share a moment, around {moment}.")


class SlotEndsFirst(Refused):
    """The end is not after the start."""

    code, kind = "slot_ends_first", Kind.INVALID
    text = _("A slot ends after it starts: see {moment}.")


class NothingToPublish(Refused):
    """No confirmed session."""

    code = "nothing_to_publish"
    text = _("No session is confirmed yet: there is nothing to publish.")


class NothingChanged(Refused):
    """The draft says what the last version says."""

    code = "nothing_changed"
    text = _("Nothing has changed since version {number}: it already says all this.")


class DraftChanged(Refused):
    """The draft is not what the person read before confirming."""

    code = "draft_changed"
    text = _("The draft changed while you were reading. Look at the changes once more, then publish.")
