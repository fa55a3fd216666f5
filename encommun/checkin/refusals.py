"""Why something about a ticket or at the door is refused."""

from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused


class NoTicketYet(Refused):
    """The booking is not confirmed."""

    code = "no_ticket_yet"
    text = _("The ticket comes as soon as the booking is confirmed.")


class TicketOver(Refused):
    """The booking was cancelled or has lapsed."""

    code = "ticket_over"
    text = _("This pass was cancelled: it has no ticket any more.")


class ScanNumberReused(Refused):
    """The same scan number came with another code."""

    code, kind = "scan_id_reused", Kind.CONFLICT
    text = _("This scan number was already used for another code. Scan again.")


class NothingToUndo(Refused):
    """Neither an entry nor an exit of today."""

    code, kind = "nothing_to_undo", Kind.CONFLICT
    text = _("Only an entry or an exit of today can be undone.")


class DoorNameMissing(Refused):
    """A door without a name."""

    code = "door_name_missing"
    text = _("Give the door a name: the one that is written above it.")
