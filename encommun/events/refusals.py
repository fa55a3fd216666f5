"""Why something on an event is refused."""

from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused


class UnknownEvent(Refused):
    """No event of that short name."""

    code, kind = "unknown_event", Kind.MISSING
    text = _("There is no event named «{slug}».")


class UnknownRole(Refused):
    """No role of that name."""

    code, kind = "unknown_role", Kind.INVALID
    text = _("There is no role «{role}»: choose among {roles}.")


class LastCoordination(Refused):
    """A team without coordination could never change again."""

    code = "last_coordination"
    text = _("This is the only person who coordinates: first give this role to somebody else.")


class KeyWithoutName(Refused):
    """A key must say what it is for."""

    code, kind = "key_without_name", Kind.INVALID
    text = _("Give the key a name that says what it is for.")


class RoleNotForKeys(Refused):
    """The API has nothing to offer to this role, or it is too strong to be lent."""

    code, kind = "role_not_for_keys", Kind.INVALID
    text = _("A key acts for registration or for the door; it cannot have the role «{role}».")


class WrongLifetime(Refused):
    """A key lives between a day and two years."""

    code, kind = "wrong_lifetime", Kind.INVALID
    text = _("A key lives between 1 and {most} days.")


class AddressWrong(Refused):
    """The short name of a gathering is the first word of its addresses."""

    code, kind = "address_wrong", Kind.INVALID
    text = _("The short name is made of small letters without accents, digits and dashes, 60 at most: «our-meeting-2027».")


class AddressTaken(Refused):
    """Addresses are given once."""

    code = "address_taken"
    text = _("The short name «{slug}» is taken.")


class NameMissing(Refused):
    """Nothing is left of the name."""

    code, kind = "name_missing", Kind.INVALID
    text = _("A name is needed.")


class EndsBeforeItStarts(Refused):
    """The last day comes before the first."""

    code, kind = "ends_before_it_starts", Kind.INVALID
    text = _("The last day comes before the first one.")


class TooLong(Refused):
    """A year was mistyped, most often."""

    code, kind = "too_long", Kind.INVALID
    text = _("A gathering lasts {days} days at most: look at the two dates.")


class UnknownZone(Refused):
    """No time zone of that name."""

    code, kind = "unknown_zone", Kind.INVALID
    text = _("There is no time zone «{zone}».")


class AxisUsed(Refused):
    """An axis holds what is gathered under it."""

    code = "axis_used"
    text = _("Proposals, sessions or resources stand under this axis: move them first.")
