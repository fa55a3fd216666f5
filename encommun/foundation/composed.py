"""Statements that the ORM composes once and runs many times: for the few that a booking or a scan waits for.

Composing a statement costs more than running it on an indexed row (two thirds of a scan at the door, docs/reference/benchmarks.md).
Here the ORM writes the SQL at the first call, with a mark in the place of each value; later calls only put other
values in those places. Rows become model instances, and values become parameters, by the ORM's own code.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from django.db import connections, models, router
from django.db.models.query import ModelIterable
from django.db.models.sql import InsertQuery


class Composed[M: models.Model]:
    """One SELECT of a few rows.

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
        return next(iter(self.all(**values)), None)

    def all(self, **values: Any) -> list[M]:
        """The rows for these values. One statement.

        Raises:
            KeyError: a value is missing.
        """
        queryset = getattr(self._kept, "queryset", None)
        if queryset is None:
            queryset = self._kept.queryset = self._compose_once()
        queryset.query.values = values
        return list(ModelIterable(queryset))

    def _compose_once(self) -> models.QuerySet[M]:
        queryset = self._compose(**self._marks)
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
                return [cursor.fetchall()]

        converters: list[Any] = []

        def get_converters(expressions: Any) -> Any:
            if not converters:
                converters.append(type(compiler).get_converters(compiler, expressions))
            return converters[0]

        compiler.execute_sql, compiler.get_converters = execute_sql, get_converters
        query.get_compiler = lambda *_args, **_kwargs: compiler
        return queryset


def insert[M: models.Model](rows: Sequence[M]) -> None:
    """Insert rows of one model in one statement, and give them their keys: as ``bulk_create`` does, composed once.

    Raises:
        IntegrityError: a constraint of the database.
    """
    model = type(rows[0])
    alias = router.db_for_write(model)
    connection = connections[alias]
    sql, fields = _insert_of(model, len(rows), alias)
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [field.get_db_prep_save(field.pre_save(row, True), connection=connection) for row in rows for field in fields]
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk, row._state.adding, row._state.db = key, False, alias


@cache
def _insert_of(model: type[models.Model], many: int, alias: str) -> tuple[str, list[models.Field]]:
    """The statement for so many rows, and the fields of each."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    query = InsertQuery(model)
    query.insert_values(fields, [model()])
    compiler = query.get_compiler(using=alias)
    compiler.returning_fields = [model._meta.pk]
    ((sql, params),) = compiler.as_sql()
    if len(params) != len(fields):
        raise TypeError(f"{model.__name__} has a field that is no plain parameter: {sql}")
    before, one = sql.split(" VALUES ", 1)
    row, after = one.split(" RETURNING ", 1)
    return f"{before} VALUES {', '.join([row] * many)} RETURNING {after}", fields
