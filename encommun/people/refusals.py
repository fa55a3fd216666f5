"""Why signing in or changing how one signs in is refused."""

from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused


class WrongCode(Refused):
    """Not the code that was sent, or that the application shows now."""

    code, kind = "wrong_code", Kind.INVALID
    text = _("This is not the right code. Check it, or ask for another one.")


class WrongKey(Refused):
    """The passkey did not answer as it should."""

    code, kind = "wrong_key", Kind.INVALID
    text = _("The passkey was not recognised. Try again, or use another way.")


class CodeTooOld(Refused):
    """The code lived its minutes, or was tried too often."""

    code, kind = "code_too_old", Kind.INVALID
    text = _("This code is no longer valid. Ask for a new one below.")


class AlreadyAdded(Refused):
    """There is already an application that gives codes."""

    code, kind = "application_already_added", Kind.CONFLICT
    text = _("An application already gives codes for this account. Remove it first.")
