"""How a package declares what it holds about people: its ``personal_data.py`` lists ``Holding`` objects.

``privacy`` finds them all: the register, the page «my data», the export and the erasure are made from these declarations.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Subject:
    """The person asking: an account, and the addresses that she proved to be hers.

    Attributes:
        links: pairs (purpose, subject) proven by secret links, for those without account.
    """

    account_id: int | None
    emails: frozenset[str]
    links: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Something that cannot be erased now, with the reason and the end, in sentences."""

    what: str
    why: str
    until: str


@dataclass(frozen=True, kw_only=True)
class Holding:
    """Data about people in one model.

    Attributes:
        model: «package.Model».
        fields: name of each field about a person -> why it is asked, in words.
        purpose: what it is for, in words.
        basis: the legal basis (GDPR article 6), e.g. «6.1.b».
        keeps: how long, in words.
        find: the rows about a subject.
        export: a row as JSON types.
        erase: erase or blank the rows about a subject, ``erase(subject, at=moment)``; answers what had to be kept.
        heading: what the rows are called on «my space»; empty: they are not listed there.
        title: a row's name there.
        purge: erase rows that are past their delay, ``purge(at=moment)``; answers how many. The worker calls it each night.
        address: where the row is seen, if it has a page that the person may open.
    """

    model: str
    fields: dict[str, str | Promise]
    purpose: str | Promise
    basis: str
    keeps: str | Promise
    find: Callable[[Subject], Iterable[Any]]
    export: Callable[[Any], dict[str, Any]]
    erase: Callable[..., list[Kept]]
    also: tuple[str, ...] = field(default=())
    heading: str | Promise = ""
    title: Callable[[Any], str] = str
    address: Callable[[Any], str | None] = field(default=lambda _row: None)
    purge: Callable[..., int] | None = None
