"""What a reader finds in a file, whatever the file is."""

from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

MOST_BYTES = 12 * 1024 * 1024
MOST_ITEMS = 5000


class Unreadable(Exception):
    """The file as a whole says nothing that we can read. ``code`` is said in words by ``programme/words.py``."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something about one item, or about the file.

    Attributes:
        where: the place in the file: «line 12», «event 6561».
        is_left_out: whether the item is not imported because of it.
    """

    where: str
    code: str
    facts: dict[str, str] = field(default_factory=dict)
    is_left_out: bool = False


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """Somebody who takes part, as the file names her."""

    name: str
    part: str = "carries"


@dataclass(frozen=True, kw_only=True)
class Item:
    """A session of the file.

    Attributes:
        where: its place in the file.
        keys: what it is known by, the strongest first («guid:…», «id:…»).
        guid: a UUID that it has, if it has one.
    """

    where: str
    keys: tuple[str, ...]
    title: str
    guid: str = ""
    abstract: str = ""
    starts_at: datetime | None = None
    minutes: int = 60
    room: str = ""
    track: str = ""
    format: str = ""
    language: str = ""
    people: tuple[Somebody, ...] = ()
    is_cancelled: bool = False


@dataclass(kw_only=True)
class Found:
    """What a file says."""

    kind: str
    title: str = ""
    zone: ZoneInfo
    days: list[date] = field(default_factory=list)
    rooms: dict[str, int | None] = field(default_factory=dict)  # name -> capacity, as far as known
    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    mapping: dict[str, str] = field(default_factory=dict)  # our field -> column, for tables

    def leave_out(self, where: str, code: str, **facts: str) -> None:
        """Report an item that is not imported."""
        self.problems.append(Problem(where=where, code=code, facts=facts, is_left_out=True))

    def note(self, where: str, code: str, **facts: str) -> None:
        """Report something about an item that is imported all the same."""
        self.problems.append(Problem(where=where, code=code, facts=facts))
