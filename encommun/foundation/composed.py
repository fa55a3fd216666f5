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
from django.db.models.base import ModelState
from django.db.models.sql import InsertQuery

from encommun.foundation.together import Asked, Rows, Then, is_together, leave, run


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
        if not hasattr(self._kept, "made"):
            self._compose_once()
        kept = self._kept
        filled = [values[kept.names[param]] if param in kept.names else param for param in kept.params]

        def ask(then: Then[M]) -> None:
            run(kept.sql, filled, lambda rows: then(kept.made(rows)))

        return ask

    def _compose_once(self) -> None:
        queryset = self._compose(**self._marks)
        compiler = queryset.query.get_compiler(using=router.db_for_read(queryset.model))
        self._kept.sql, self._kept.params = compiler.as_sql()
        self._kept.names = {mark: name for name, mark in self._marks.items()}
        self._kept.made = _Rows(compiler)


class _Rows[M: models.Model]:
    """Makes the instances of a compiled SELECT, as ``QuerySet`` does, with what each column needs found once."""

    def __init__(self, compiler: Any) -> None:
        real = connections[compiler.using]  # the proxy would look for it anew at each field
        self._converters = [
            (place, convert, expression, real)
            for place, (converters, expression) in compiler.get_converters([column[0] for column in compiler.select]).items()
            for convert in converters
        ]
        self._of = _Kind(compiler.klass_info, compiler.select, compiler.using)

    def __call__(self, rows: Rows) -> list[M]:
        made = []
        for row in rows:
            values = list(row)
            for place, convert, expression, real in self._converters:
                values[place] = convert(values[place], expression, real)
            made.append(self._of.made(values))
        return made


class _Kind:
    """Makes one model's instance of a row, and those that ``select_related`` reads with it."""

    def __init__(self, info: dict[str, Any], select: Sequence[Any], alias: str) -> None:
        self.model, places = info["model"], info["select_fields"]
        if self.model.__init__ is not models.Model.__init__ or self.model.from_db.__func__ is not models.Model.from_db.__func__:
            raise TypeError(f"{self.model.__name__} makes its instances in a way of its own")
        self.alias, self.start, self.end = alias, places[0], places[-1] + 1
        self.names = [select[place][0].target.attname for place in places]
        self.key = self.start + self.names.index(self.model._meta.pk.attname)
        self.related = [
            (_Kind(one, select, alias), one["local_setter"], one["remote_setter"]) for one in info.get("related_klass_infos", [])
        ]

    def made(self, values: list[Any]) -> Any:
        """The instance, or None when an outer join found nothing. What was deferred is read when it is asked for."""
        if values[self.key] is None:
            return None
        one = self.model.__new__(self.model)
        one._state = state = ModelState()
        state.adding, state.db = False, self.alias
        one.__dict__.update(zip(self.names, values[self.start : self.end], strict=True))
        for kind, tell, tell_back in self.related:
            tell(one, other := kind.made(values))
            if other is not None:
                tell_back(other, one)
        return one


def insert[M: models.Model](rows: Sequence[M], *, or_nothing: bool = False) -> bool:
    """Insert rows of one model in one statement, and give them their keys: as ``bulk_create`` does, composed once.

    Keys that were drawn before (``together.keys_of``) are kept. Rows that leave together with others and have none
    stay without: nothing may need it.

    Args:
        or_nothing: a row that a unique constraint refuses is left out, without an error; such rows never leave with others.

    Returns:
        Whether every row was written.

    Raises:
        IntegrityError: a constraint of the database.
    """
    model = type(rows[0])
    has_keys = rows[0].pk is not None
    tells_keys = or_nothing or not (has_keys or is_together())
    sql, fields = _insert_of(model, len(rows), has_keys=has_keys, tells_keys=tells_keys, or_nothing=or_nothing)
    values: list[Any] = []
    real = connections[DEFAULT_DB_ALIAS]  # the proxy would look for it anew at each field
    for row in rows:
        for field, plain in fields:
            value = row.__dict__.get(field.attname)
            if value is not None and type(value) is plain:
                values.append(value)
            else:
                values.append(field.get_db_prep_save(field.pre_save(row, True), connection=real))
    written = []

    def told(keys: Rows) -> None:
        written.extend(keys)
        if len(keys) == len(rows):
            for row, (key,) in zip(rows, keys, strict=True):
                row.pk = key

    run(sql, values, told if tells_keys else None)
    if or_nothing:
        leave()
        if len(written) < len(rows):
            return False
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return True


#: Fields whose values go to the database as they are, when they are of this very type.
AS_THEY_ARE: dict[type[models.Field], type] = {
    models.CharField: str,
    models.TextField: str,
    models.EmailField: str,
    models.BigAutoField: int,
    models.BigIntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.BooleanField: bool,
}


@cache
def _insert_of(
    model: type[models.Model], many: int, *, has_keys: bool, tells_keys: bool, or_nothing: bool
) -> tuple[str, list[tuple[models.Field, type | None]]]:
    """The statement for so many rows; the fields of each, with the type that goes as it is."""
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
    ignored = " ON CONFLICT DO NOTHING" if or_nothing else ""
    plain = [AS_THEY_ARE.get(type(field.target_field if isinstance(field, models.ForeignKey) else field)) for field in fields]
    return f"{before} VALUES {', '.join([row] * many)}{ignored}{told}", list(zip(fields, plain, strict=True))
