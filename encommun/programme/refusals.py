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


class NothingToImport(Refused):
    """No session in the file."""

    code, kind = "nothing_to_import", Kind.INVALID
    text = _("There is no session in this file that could be brought in.")


class DatesFixed(Refused):
    """The days of the gathering cannot become those of a file."""

    code, kind = "dates_fixed", Kind.CONFLICT
    text = _(
        "The days of the gathering stay as they are: sessions are placed or published already, or the file spans too many days."
    )


class MovedMeanwhile(Refused):
    """Somebody else moved it first; nothing was overwritten."""

    code = "moved_meanwhile"
    text = _("«{title}» was moved while you were looking. Look where it is now, then keep that place or put yours.")


class NothingToUndo(Refused):
    """No move of hers is left."""

    code = "nothing_to_undo"
    text = _("You have no move left to undo.")


class NothingToRedo(Refused):
    """Nothing was undone since the last move."""

    code = "nothing_to_redo"
    text = _("There is nothing to do again.")


class NotAnsweredYet(Refused):
    """A proposal that is tried waits for its authors."""

    code = "not_answered_yet"
    text = _("This proposal is only being tried in the draft. It is confirmed when its authors accept your offer.")


class NothingToTry(Refused):
    """Not public, or in the draft already."""

    code = "nothing_to_try"
    text = _("This proposal is not public, or is in the draft already.")


class NamesStillHidden(Refused):
    """Proposals are being read without names, and the draft would name their authors."""

    code = "names_still_hidden"
    text = _("Proposals are being read without names. You can try them in the draft once the choice is over.")


class ContinuesItself(Refused):
    """Parts in a circle."""

    code, kind = "continues_itself", Kind.INVALID
    text = _("A session cannot continue itself: choose another one.")


class ContinuedAlready(Refused):
    """Two sessions continue the same one."""

    code, kind = "continued_already", Kind.INVALID
    text = _("Another session continues «{title}» already.")


class UnitedWithItself(Refused):
    """Not two sessions of this gathering."""

    code, kind = "united_with_itself", Kind.INVALID
    text = _("Choose another session of this gathering to unite with.")


class NotUnited(Refused):
    """The proposal is not in that session beside another one."""

    code = "not_united"
    text = _("This proposal is not united in this session.")


class TableTaken(Refused):
    """Somebody was quicker."""

    code = "table_taken"
    text = _("Somebody has just taken this table. Choose another one: your subject is kept below.")


class NoSuchTable(Refused):
    """Not a table of the slot."""

    code, kind = "no_such_table", Kind.INVALID
    text = _("Choose a free table.")


class SlotNotOpen(Refused):
    """Not an open-space slot, or it is over."""

    code = "slot_not_open"
    text = _("Subjects are no longer brought to this slot.")


class SlotNotYetOpen(Refused):
    """Before the day of the slot."""

    code = "slot_not_yet_open"
    text = _("Subjects are brought on the day itself, here or at the desk.")


class PassUnknown(Refused):
    """No pass in force with this code."""

    code, kind = "pass_unknown", Kind.INVALID
    text = _("We do not find this pass. Copy the code written under the square of your pass, or ask at the desk.")


class PassOfAnotherDay(Refused):
    """A pass that does not hold on the day of the slot."""

    code, kind = "pass_of_another_day", Kind.CONFLICT
    text = _("This pass does not hold on that day.")


class SubjectMissing(Refused):
    """A subject of an open-space slot without words."""

    code, kind = "subject_missing", Kind.INVALID
    text = _("Say in a few words what you would like to talk about.")


class NothingToBuild(Refused):
    """No session in the draft."""

    code, kind = "nothing_to_build", Kind.INVALID
    text = _("There is no session to place yet.")


class AlreadyBuilding(Refused):
    """A search is under way for this gathering."""

    code, kind = "already_building", Kind.CONFLICT
    text = _("A programme is being built already: wait for it, or stop it.")


class BuildingEnded(Refused):
    """Asked of a search that has no answer to take, or no longer."""

    code, kind = "building_ended", Kind.CONFLICT
    text = _("This proposal is no longer waiting for an answer.")


class DraftMovedMeanwhile(Refused):
    """What was found no longer fits the draft."""

    code, kind = "draft_moved_meanwhile", Kind.CONFLICT
    text = _("The draft changed since, and this programme no longer fits it. Build again: it takes a few seconds.")
