"""Why a letter to a group cannot leave."""

from django.utils.translation import gettext_lazy as _

from encommun.foundation.refusals import Kind, Refused


class WordsMissing(Refused):
    """No subject or no text in the event's first language."""

    code, kind = "words_missing", Kind.INVALID
    text = _("Write a subject and a text in French: they are used for everybody who has no other language.")


class UnknownPlace(Refused):
    """A place in braces that nothing fills."""

    code, kind = "unknown_place_in_letter", Kind.INVALID
    text = _("«{place}» is not known. The places that are filled are: {places}.")


class UnknownSegment(Refused):
    """No such group, or not for this role."""

    code, kind = "unknown_segment", Kind.INVALID
    text = _("Choose a group that your role may write to.")


class NobodyThere(Refused):
    """The group is empty."""

    code = "nobody_there"
    text = _("There is nobody in this group now: nothing was sent.")


class AlreadyReleased(Refused):
    """The letter left, or was dropped."""

    code = "letter_already_released"
    text = _("This letter has left or was dropped: it does not change any more.")


class NameTaken(Refused):
    """A model of that name exists."""

    code = "letter_template_name_taken"
    text = _("There is already a model with this name.")
