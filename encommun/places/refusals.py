"""Why something about places is refused."""

from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused


class NameMissing(Refused):
    """A place has a name."""

    code, kind = "place_name_missing", Kind.INVALID
    text = _("Give a name to each place.")


class RoomInUse(Refused):
    """Sessions stand in it."""

    code = "room_in_use"
    text = _("Sessions are placed in {room}: move them first.")


class ClosureEndsFirst(Refused):
    """The end is not after the start."""

    code, kind = "closure_ends_first", Kind.INVALID
    text = _("A room is closed until a time after the one from which it is closed.")
