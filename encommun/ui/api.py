"""What every package's ``api.py`` is made with: schemas that refuse the unknown, problems, pages, open reads."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Schema
from ninja.decorators import decorate_view
from pydantic import BaseModel, ConfigDict, Field

from encommun.foundation.refusals import Kind, Refused
from encommun.ui.public_pages import View, public_page

MOST = 100

#: A short name in an address, and a public code: the limits are those of the database.
Slug = Annotated[str, Field(max_length=60, pattern=r"^[-a-zA-Z0-9_]+$")]
Code = Annotated[str, Field(max_length=12, pattern=r"^[A-Z0-9]+$")]
After = Annotated[
    str, Query(max_length=60, pattern=r"^[-a-zA-Z0-9_]*$", description="The code of the last item of the page before.")
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="Most items in the answer.")]


class Asked(BaseModel):
    """The body of a call: a name that is not known here is refused rather than passed over.

    A plain model of pydantic, as answers that are made whole are: ``Schema`` reads objects too, for a tenth of a booking's time.
    """

    model_config = ConfigDict(extra="forbid")


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str
    detail: str


class Problem(Schema):
    """Why a call was refused: a code for programs, a sentence for people."""

    code: str
    detail: str
    errors: list[FieldProblem] = []


class Page[Item](Schema):
    """A page of a list; ``next`` is given as ``after`` to get the following one, and is null on the last."""

    items: list[Item]
    next: str | None


class UnknownPlace(Refused):
    """The ``after`` of a list names nothing in it."""

    code, kind = "unknown_place", Kind.INVALID
    text = _("«after» must be the code that the page before gave as «next».")


def problems(*statuses: int) -> dict[int, type[Problem]]:
    """The refusals that an operation may answer with, for its ``response``."""
    return dict.fromkeys(statuses, Problem)


def page_of(found: QuerySet[Any], *, after: str, limit: int, latest_by: str, name: str = "code") -> tuple[list[Any], str | None]:
    """A page by keyset, the latest first: the cost does not grow with the distance from the start.

    Raises:
        UnknownPlace: nothing in the list has the code ``after``.
    """
    if after:
        place = found.filter(**{name: after}).values_list(latest_by, "pk").first()
        if place is None:
            raise UnknownPlace()
        found = found.filter(Q(**{f"{latest_by}__lt": place[0]}) | Q(**{latest_by: place[0], "pk__lt": place[1]}))
    rows = list(found.order_by(f"-{latest_by}", "-pk")[: limit + 1])
    return rows[:limit], getattr(rows[limit - 1], name) if len(rows) > limit else None


def open_read(*params: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An operation that answers everyone the same: kept as public pages are, and open to pages of other sites."""

    def for_other_sites(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            return response

        return opened

    return decorate_view(public_page(*params), for_other_sites)
