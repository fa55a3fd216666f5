"""A rule answers ``True``, or gives the ``Refused`` that says why in a sentence.

A refusal is falsy, so that templates read ``{% if may_book %}…{% else %}{{ may_book.sentence }}{% endif %}`` and
commands read ``require(may_book(...))``. Each door maps the family once (see ``docs/map.md``).
"""

from enum import StrEnum
from typing import Any, ClassVar, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What a door answers with: 403, 404, 409 or 422."""

    FORBIDDEN = "forbidden"
    MISSING = "missing"
    CONFLICT = "conflict"
    INVALID = "invalid"


#: What a door of HTTP answers with.
STATUS = {Kind.FORBIDDEN: 403, Kind.MISSING: 404, Kind.CONFLICT: 409, Kind.INVALID: 422}


class Refused(Exception):
    """Base of every refusal. Subclasses give a ``code`` (stable, for programs) and a ``text`` (for people).

    Keyword details fill the ``{named}`` places of the text.
    """

    code: ClassVar[str] = "refused"
    kind: ClassVar[Kind] = Kind.CONFLICT
    text: ClassVar[str | Promise] = _("This is not possible.")

    def __init__(self, **details: Any) -> None:
        super().__init__(self.code)
        self.details = details

    @property
    def sentence(self) -> str:
        """The sentence for people, in the language now active."""
        return str(self.text).format(**self.details)

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return self.sentence


class NotAllowed(Refused):
    """The actor does not have the role that this asks for."""

    code, kind = "not_allowed", Kind.FORBIDDEN
    text = _("You do not have the role that this asks for.")


class NotFound(Refused):
    """There is no such thing, or the actor may not see it: the answer is the same."""

    code, kind = "not_found", Kind.MISSING
    text = _("There is nothing here, or you may not see it.")


class ChangedMeanwhile(Refused):
    """Somebody else saved first; nothing was overwritten."""

    code, kind = "changed_meanwhile", Kind.CONFLICT
    text = _("Somebody changed this while you were writing. Your text is kept below: compare, then save again.")


class TooManyTries(Refused):
    """A rate limit was reached."""

    code, kind = "too_many_tries", Kind.CONFLICT
    text = _("Too many tries in a short time. Please wait a few minutes.")


type Verdict = Literal[True] | Refused


def require(*verdicts: Verdict) -> None:
    """Let the command go on when every verdict is favourable.

    Raises:
        Refused: the first unfavourable verdict.
    """
    for verdict in verdicts:
        if isinstance(verdict, Refused):
            raise verdict
        if verdict is not True:
            raise TypeError(f"A rule must answer True or a Refused, not {verdict!r}")
