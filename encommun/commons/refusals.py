"""Why something about notes or resources is refused."""

from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused


class LicenceMissing(Refused):
    """No licence, no publication."""

    code, kind = "licence_missing", Kind.INVALID
    text = _("Choose a licence: without one, nobody may reuse this text, so it is not published.")


class TextMissing(Refused):
    """There is nothing to read."""

    code, kind = "text_missing", Kind.INVALID
    text = _("There is no text yet.")


class TitleMissing(Refused):
    """A resource has a title."""

    code, kind = "title_missing", Kind.INVALID
    text = _("Give it a title.")


class NameMissing(Refused):
    """A credit has a name."""

    code, kind = "name_missing", Kind.INVALID
    text = _("Write the name to be shown.")


class NoteStillWritten(Refused):
    """Nobody said yet that the note is ready."""

    code = "note_still_written"
    text = _("These notes are still being written. Mark them as ready before publishing.")


class NoteIsPublished(Refused):
    """The note became a resource."""

    code = "note_is_published"
    text = _("These notes are published. The commons team can publish a new version.")


class AlreadyPublished(Refused):
    """The note became a resource before."""

    code = "already_published"
    text = _("This resource is published already: publish a new version of it instead.")


class Withdrawn(Refused):
    """The resource was withdrawn."""

    code = "resource_withdrawn"
    text = _("This resource was withdrawn.")
