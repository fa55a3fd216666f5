"""Statements that the ORM composes once and runs many times: for the few that a booking or a scan waits for.

Composing a statement costs more than running it on an indexed row (two thirds of a scan at the door, docs/reference/benchmarks.md).
Here the ORM writes the SQL at the first call, with a mark in the place of each value; later calls only put other
values in those places. Rows become model instances, and values become parameters, by the ORM's own code.
"""

import threading
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, router
from django.db.models.query import ModelIterable
from django.db.models.sql import InsertQuery

from encommun.foundation.together import Asked, Rows, Then, is_together, run


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
        found: list[M] = []
        self.of(**values)(found.extend)
        return found

    def of(self, **values: Any) -> Asked[M]:
        """The rows for these values, to be asked with others (``together.fetch``).

        Raises:
            KeyError: a value is missing.
        """
        if not hasattr(self._kept, "queryset"):
            self._compose_once()
        kept = self._kept
        filled = [values[kept.names[param]] if param in kept.names else param for param in kept.params]

        def ask(then: Then[M]) -> None:
            def made(rows: Rows) -> None:
                kept.queryset.query.rows = rows
                then(list(ModelIterable(kept.queryset)))

            run(kept.sql, filled, made)

        return ask

    def _compose_once(self) -> None:
        queryset = self._compose(**self._marks)
        alias = router.db_for_read(queryset.model)
        compiler = queryset.query.get_compiler(using=alias)
        sql, params = compiler.as_sql()
        query = queryset.query

        def execute_sql(*_args: Any, **_kwargs: Any) -> list[Rows]:
            return [query.rows]

        converters: list[Any] = []

        def get_converters(expressions: Any) -> Any:
            if not converters:
                converters.append(type(compiler).get_converters(compiler, expressions))
            return converters[0]

        compiler.execute_sql, compiler.get_converters = execute_sql, get_converters
        query.get_compiler = lambda *_args, **_kwargs: compiler
        self._kept.sql, self._kept.params, self._kept.queryset = sql, params, queryset
        self._kept.names = {mark: name for name, mark in self._marks.items()}


def insert[M: models.Model](rows: Sequence[M]) -> None:
    """Insert rows of one model in one statement, and give them their keys: as ``bulk_create`` does, composed once.

    Keys that were drawn before (``together.keys_of``) are kept. Rows that leave together with others and have none
    stay without: nothing may need it.

    Raises:
        IntegrityError: a constraint of the database.
    """
    model = type(rows[0])
    has_keys = rows[0].pk is not None
    tells_keys = not has_keys and not is_together()
    sql, fields = _insert_of(model, len(rows), has_keys=has_keys, tells_keys=tells_keys)
    real = connections[DEFAULT_DB_ALIAS]  # the proxy would look for it anew at each field
    values = [field.get_db_prep_save(field.pre_save(row, True), connection=real) for row in rows for field in fields]

    def told(keys: Rows) -> None:
        for row, (key,) in zip(rows, keys, strict=True):
            row.pk = key

    run(sql, values, told if tells_keys else None)
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def _insert_of(model: type[models.Model], many: int, *, has_keys: bool, tells_keys: bool) -> tuple[str, list[models.Field]]:
    """The statement for so many rows, and the fields of each."""
    fields = [field for field in model._meta.concrete_fields if has_keys or not field.primary_key]
    query = InsertQuery(model)
    query.insert_values(fields, [model()])
    compiler = query.get_compiler(using=router.db_for_write(model))
    compiler.returning_fields = [model._meta.pk]
    ((sql, params),) = compiler.as_sql()
    if len(params) != len(fields):
        raise TypeError(f"{model.__name__} has a field that is no plain parameter: {sql}")
    before, one = sql.split(" VALUES ", 1)
    row, after = one.split(" RETURNING ", 1)
    told = f" RETURNING {after}" if tells_keys else ""
    return f"{before} VALUES {', '.join([row] * many)}{told}", fields
