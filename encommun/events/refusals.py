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
