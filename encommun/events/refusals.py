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
