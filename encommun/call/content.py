"""The text of a proposal as one value: what forms give, commands save, and revisions keep. Never a name or an address."""

import unicodedata
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from encommun.call.models import Format, Proposal
from encommun.events.models import Axis
from encommun.foundation.text import clean_line, clean_text


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything that an author writes about a proposal. Axis and format are named by their slugs."""

    title: str = ""
    intention: str = ""
    axis: str = ""
    format: str = ""
    format_described: str = ""
    minutes: int | None = None
    participants_do: str = ""
    participants_leave_with: str = ""
    needs: str = ""
    licence: str = ""

    @classmethod
    def of(cls, proposal: Proposal) -> Self:
        """The content that a proposal holds now."""
        plain = {name: getattr(proposal, name) for name in NAMES if name not in ("axis", "format")}
        axis = proposal.axis.slug if proposal.axis is not None else ""
        return cls(axis=axis, format=proposal.format.slug if proposal.format is not None else "", **plain)

    def cleaned(self) -> "Content":
        """The same without what no database can hold."""
        lines = {name: clean_line(getattr(self, name)) for name in ("title", "format_described")}
        texts = {name: clean_text(getattr(self, name)) for name in LONG}
        return Content(**{**asdict(self), **lines, **texts})

    def as_json(self) -> dict[str, Any]:
        """As a revision keeps it."""
        return asdict(self)

    def changed_from(self, former: dict[str, Any]) -> list[str]:
        """Names of the fields that differ from a revision's."""
        return [name for name in NAMES if getattr(self, name) != former.get(name, getattr(EMPTY, name))]

    def put_on(self, proposal: Proposal) -> None:
        """Write it on a proposal (not saved)."""
        for name in NAMES:
            if name not in ("axis", "format"):
                setattr(proposal, name, getattr(self, name))
        proposal.axis = Axis.objects.get(event_id=proposal.event_id, slug=self.axis) if self.axis else None
        proposal.format = Format.objects.get(event_id=proposal.event_id, slug=self.format) if self.format else None
        proposal.folded = fold(" ".join([self.title, *(getattr(self, name) for name in LONG)])).strip()


NAMES = tuple(field.name for field in fields(Content))
LONG = ("intention", "participants_do", "participants_leave_with", "needs")
EMPTY = Content()


def fold(text: str) -> str:
    """Lower case without accents: «Médiathèque» and «mediatheque» are one word to somebody who searches."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("œ", "oe").replace("æ", "ae").replace("’", "'")
