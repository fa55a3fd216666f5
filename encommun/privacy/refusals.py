"""Why something about personal data is refused."""

from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused


class AlreadyWithdrawn(Refused):
    """The consent was withdrawn before."""

    code, kind = "consent_already_withdrawn", Kind.CONFLICT
    text = _("This consent was already withdrawn.")


class NothingHeld(Refused):
    """There is nobody to erase."""

    code, kind = "nothing_held", Kind.MISSING
    text = _("We do not know who you are here: sign in, or open the link in one of our letters.")


class NotConfirmed(Refused):
    """Erasing needs a clear yes."""

    code, kind = "erasure_not_confirmed", Kind.INVALID
    text = _("Tick the box to say that you have read what will be erased.")
