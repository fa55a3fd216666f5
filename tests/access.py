"""The shape of the access table: one row for every address and API operation.

A row says who gets an answer other than 404/403/redirect-to-sign-in. The walk is in ``tests/architecture/test_access.py``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

#: Everyone the walk knows. «owner» holds the secret link of the object; «elsewhere» coordinates another event.
EVERYONE = (
    "visitor",
    "member",
    "owner",
    "elsewhere",
    "door",
    "programme",
    "registration",
    "commons",
    "data_protection",
    "coordination",
)
SIGNED_IN = tuple(who for who in EVERYONE if who not in ("visitor", "owner"))
TEAM = ("door", "programme", "registration", "commons", "data_protection", "coordination")


@dataclass(frozen=True, kw_only=True)
class Row:
    """Who may reach an address.

    Attributes:
        allowed: names from EVERYONE; anybody else must get 404, 403, or a redirect to the sign-in page.
        kwargs: makes the address's arguments from the cast (objects are made through commands); None: no arguments.
        method: GET or POST; POST rows send an empty form: allowed people get anything but 403/404.
        link: for «owner»: the pair (purpose, subject) put in the session, made from the cast.
        foreign: arguments of the same object of the other event's kind, which must be 404 for everyone (optional).
    """

    allowed: tuple[str, ...] = ()
    kwargs: Callable[[Any], dict[str, Any]] | None = None
    method: str = "GET"
    link: Callable[[Any], tuple[str, str]] | None = None
    foreign: Callable[[Any], dict[str, Any]] | None = field(default=None)
