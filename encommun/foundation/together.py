"""Statements that leave together: PostgreSQL reads several in one message, so that a booking waits for them once.

SQLite, which has no network between, runs each as it comes (docs/decisions/0013).
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

type Rows = list[tuple[Any, ...]]
type Then[T] = Callable[[list[T]], None]
type Asked[T] = Callable[[Then[T]], None]


class _Waiting(threading.local):
    """What waits in this thread, and how many blocks are open around it."""

    depth = 0

    def __init__(self) -> None:
        self.statements: list[tuple[str, Sequence[Any], Callable[[Rows], None] | None]] = []


_waiting = _Waiting()


@contextmanager
def together() -> Iterator[None]:
    """Keep the statements of ``run`` until the block ends (an inner block's end sends what waits in the outer one too).

    Inside it nothing may be asked of the database about rows that have not left yet. An exception forgets them: the
    caller's transaction undoes the rest.
    """
    if connection.vendor != "postgresql":
        yield
        return
    _waiting.depth += 1
    try:
        yield
        leave()
    except BaseException:
        _waiting.statements.clear()
        raise
    finally:
        _waiting.depth -= 1


def is_together() -> bool:
    """Whether statements wait for others now."""
    return _waiting.depth > 0


def run(sql: str, params: Sequence[Any], then: Callable[[Rows], None] | None = None) -> None:
    """Run a statement, now or with the others; ``then`` is given its rows, and may refuse."""
    if _waiting.depth:
        _waiting.statements.append((sql, params, then))
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall() if then else []
    if then:
        then(rows)


def leave() -> None:
    """Send everything that waits, in one message; each answer goes to who waits for it, in order."""
    statements = _waiting.statements[:]
    _waiting.statements.clear()
    if not statements:
        return
    answers = []
    with connection.cursor() as cursor:
        # each takes its values by itself: the driver keeps what it knows of a short statement, not of a long one
        cursor.execute(";\n".join(cursor.mogrify(sql, params) for sql, params, _then in statements))
        for n, (_sql, _params, then) in enumerate(statements):
            if n:
                cursor.nextset()
            if then:
                answers.append((then, cursor.fetchall()))
    for then, rows in answers:
        then(rows)


def fetch(*asked: Asked[Any]) -> list[list[Any]]:
    """What each answers, in their order: one message."""
    found: list[list[Any]] = [[] for _one in asked]
    with together():
        for answer, ask in zip(found, asked, strict=True):
            ask(answer.extend)
    return found


def keys_of(model: type[models.Model], many: int) -> Asked[int | None]:
    """Primary keys drawn before the rows are written, so that these can leave with what names them; none on SQLite."""

    def ask(then: Then[int | None]) -> None:
        if connection.vendor != "postgresql":
            then([None] * many)
            return
        sql = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
        params = [connection.ops.quote_name(model._meta.db_table), model._meta.pk.column, many]
        run(sql, params, lambda rows: then([key for (key,) in rows]))

    return ask
