"""What is held about one person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from encommun.foundation.holdings import Holding, Subject
from encommun.privacy.queries.register import all_holdings


@dataclass(frozen=True, kw_only=True)
class Item:
    """A row as «my space» lists it."""

    title: str
    address: str | None


@dataclass(frozen=True, kw_only=True)
class Held:
    """The rows of one holding about a person."""

    holding: Holding
    rows: list[Any]

    @property
    def items(self) -> list[Item]:
        """The rows as a list of links."""
        return [Item(title=self.holding.title(row), address=self.holding.address(row)) for row in self.rows]

    @property
    def fields(self) -> list[tuple[str, Any, list[str]]]:
        """Name of each field about the person, why it is asked, and the values held as the export shows them, else the row's own."""
        exported = [(self.holding.export(row), row) for row in self.rows]
        return [(name, why, _values(exported, name)) for name, why in self.holding.fields.items()]


def held_about(subject: Subject) -> list[Held]:
    """Everything held about a person, in the order in which people meet it; holdings without a row are left out."""
    found = [Held(holding=holding, rows=list(holding.find(subject))) for holding in reversed(all_holdings())]
    return [held for held in found if held.rows]


def held_as_json(subject: Subject, *, at: datetime) -> dict[str, Any]:
    """The download: every row, with its purpose, basis and delay."""
    return {
        "made_at": at.isoformat(),
        "held": [
            {
                "model": held.holding.model,
                "purpose": str(held.holding.purpose),
                "basis": held.holding.basis,
                "keeps": str(held.holding.keeps),
                "rows": [held.holding.export(row) for row in held.rows],
            }
            for held in held_about(subject)
        ],
    }


def _values(exported: list[tuple[dict[str, Any], Any]], name: str) -> list[str]:
    values = [shown[name] if name in shown else getattr(row, row._meta.get_field(name).attname) for shown, row in exported]
    return list(dict.fromkeys(str(value) for value in values if value not in (None, "", [], {})))
