"""The text of a proposal as one value: what forms give, commands save, and revisions keep. Never a name or an address."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self

from encommun.call.models import Format, Proposal
from encommun.events.models import Axis
from encommun.foundation.text import clean_line, clean_text
from encommun.places.models import Equipment


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
    equipment: list[str] = field(default_factory=list)  # codes of places.Equipment
    layout: str = ""
    licence: str = ""
    materials_licence: str = ""  # none: the text's
    recording: str = ""
    answers: dict[str, Any] = field(default_factory=dict)  # code of a question -> answer

    @classmethod
    def of(cls, proposal: Proposal) -> Self:
        """The content that a proposal holds now."""
        plain = {name: getattr(proposal, name) for name in NAMES if name not in ("axis", "format")}
        axis = proposal.axis.slug if proposal.axis is not None else ""
        return cls(axis=axis, format=proposal.format.slug if proposal.format is not None else "", **plain)

    @classmethod
    def kept(cls, fields: dict[str, Any]) -> Self:
        """The content of a revision; what revisions did not hold at that time is empty."""
        return cls(**{name: fields.get(name, getattr(EMPTY, name)) for name in NAMES})

    def cleaned(self) -> "Content":
        """The same without what no database can hold."""
        lines = {name: clean_line(getattr(self, name)) for name in ("title", "format_described")}
        texts = {name: clean_text(getattr(self, name)) for name in LONG}
        listed = {
            "answers": {key: _clean(value) for key, value in self.answers.items()},
            "equipment": [code for code in Equipment.values if code in self.equipment],
        }
        return Content(**{**asdict(self), **lines, **texts, **listed})

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
        proposal.axis = Axis.objects.filter(event_id=proposal.event_id, slug=self.axis).first() if self.axis else None
        proposal.format = Format.objects.filter(event_id=proposal.event_id, slug=self.format).first() if self.format else None


def _clean(answer: Any) -> Any:
    if isinstance(answer, list):
        return [clean_line(one) for one in answer]
    return clean_text(answer) if isinstance(answer, str) else answer


NAMES = tuple(one.name for one in fields(Content))
#: Fields that anybody may suggest other words for.
SUGGESTED = ("title", "intention", "participants_do", "participants_leave_with", "needs")
LONG = ("intention", "participants_do", "participants_leave_with", "needs")
EMPTY = Content()
