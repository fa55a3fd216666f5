"""A SELECT of one row that the ORM composes once and runs many times.

Composing a query costs more than running it on an indexed row (two thirds of a scan at the door, docs/reference/benchmarks.md). Here the
ORM writes the SQL at the first call of each thread, with a mark in the place of each value; later calls only put other
values in those places. The rows become model instances by the ORM's own code.
"""

import threading
from collections.abc import Callable, Mapping
from typing import Any

from django.db import connections, models, router
from django.db.models.query import ModelIterable


class Composed[M: models.Model]:
    """One SELECT of one row.

    Args:
        compose: makes the queryset from the values that it filters by, which must be text or whole numbers.
        marks: the name of each value, with its type: ``identifier=str, event_id=int``.
    """

    def __init__(self, compose: Callable[..., models.QuerySet[M]], **marks: type) -> None:
        self._compose = compose
        self._marks = {
            name: f"\x01{name}\x01" if kind is str else -(9_000_000_000 + n) for n, (name, kind) in enumerate(marks.items())
        }
        self._kept = threading.local()

    def first(self, **values: Any) -> M | None:
        """The first row for these values, or None. One statement.

        Raises:
            KeyError: a value is missing.
        """
        queryset = getattr(self._kept, "queryset", None)
        if queryset is None:
            queryset = self._kept.queryset = self._compose_once()
        queryset.query.values = values
        return next(iter(ModelIterable(queryset)), None)

    def _compose_once(self) -> models.QuerySet[M]:
        queryset = self._compose(**self._marks)[:1]
        alias = router.db_for_read(queryset.model)
        compiler = queryset.query.get_compiler(using=alias)
        sql, params = compiler.as_sql()
        names = {mark: name for name, mark in self._marks.items()}
        query = queryset.query

        def execute_sql(*_args: Any, **_kwargs: Any) -> list[list[Any]]:
            values: Mapping[str, Any] = query.values
            filled = [values[names[param]] if param in names else param for param in params]
            with connections[alias].cursor() as cursor:
                cursor.execute(sql, filled)
                return [cursor.fetchmany(1)]

        compiler.execute_sql = execute_sql
        query.get_compiler = lambda *_args, **_kwargs: compiler
        return queryset
