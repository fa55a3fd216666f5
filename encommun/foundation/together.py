"""Statements that leave together: PostgreSQL reads several in one message, so that a booking waits for them once.

SQLite, which has no network between, runs each as it comes (docs/decisions/0013).
"""

import hashlib
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.adapt import Transformer
from psycopg.pq import TransactionStatus

type Rows = list[tuple[Any, ...]]
type Then[T] = Callable[[list[T]], None]
type Asked[T] = Callable[[Then[T]], None]


class _Waiting(threading.local):
    """What waits in this thread, and the transactions within which blocks are open around it."""

    def __init__(self) -> None:
        self.statements: list[tuple[str, Sequence[Any], Callable[[Rows], None] | None, bool]] = []
        self.blocks: list[tuple[bool, int]] = []
        self.ends = False


_waiting = _Waiting()


def _connection() -> BaseDatabaseWrapper:
    """This thread's connection itself: Django's proxy for it would look for it anew at each attribute."""
    return connections[DEFAULT_DB_ALIAS]


@contextmanager
def together(*, ends: bool = False) -> Iterator[None]:
    """Keep the statements of ``run`` until the block ends; an inner block of the same transaction waits for the outer one's end.

    Any other statement, of the ORM or not, sends what waits before it: so everything happens in the order in which it was
    written down, and only the answers come later. An exception forgets what waits: the caller's transaction undoes the rest.

    Args:
        ends: nothing follows in the transaction, so that COMMIT may leave with the last statements: rows that they lock are then
            free again as soon as the database has written them. It does if no answer that is still to come may refuse (``run``).
    """
    connection = _connection()
    if connection.vendor != "postgresql":
        yield
        return
    blocks, here = _waiting.blocks, (connection.in_atomic_block, len(connection.savepoint_ids))
    is_outer = not blocks or blocks[-1] != here
    if not blocks:
        connection.execute_wrappers.append(_after_those)
        _waiting.ends = ends
    blocks.append(here)
    try:
        yield
        while is_outer and _waiting.statements:
            leave(ends=ends)
    except BaseException:
        _waiting.statements.clear()
        raise
    finally:
        blocks.pop()
        if not blocks:
            connection.execute_wrappers.remove(_after_those)
            _waiting.ends = False


def _after_those(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Send what waits before a statement that does not."""
    if _waiting.statements:
        leave()
    return execute(sql, params, many, context)


def is_together() -> bool:
    """Whether statements wait for others now."""
    return bool(_waiting.blocks)


def may_end() -> bool:
    """Whether the transaction may end with its last statements, if none of their answers may refuse."""
    return _waiting.ends


def run(sql: str, params: Sequence[Any], then: Callable[[Rows], None] | None = None, *, surely: bool = False) -> None:
    """Run a statement, now or with the others; ``then`` is given its rows, and may refuse.

    Args:
        surely: ``then`` never refuses: what would make it do so is an error of the database.
    """
    connection = _connection()
    if connection.vendor == "postgresql":
        _waiting.statements.append((sql, params, then, surely or then is None))
        if not _waiting.blocks:
            leave()
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall() if then else []
    if then:
        then(rows)


def leave(*, ends: bool = False) -> None:
    """Send everything that waits, in one message; each answer goes to who waits for it, in order.

    Args:
        ends: with the end of the transaction, if this is the outermost and no answer may refuse.
    """
    statements = _waiting.statements[:]
    _waiting.statements.clear()
    if not statements:
        return
    answers = []
    connection = _connection()
    with connection.cursor() as cursor:
        literal = Transformer(connection.connection).as_literal
        message = ";\n".join([_said(connection, sql, params, literal) for sql, params, _then, _surely in statements])
        if ends and connection.in_atomic_block and not connection.savepoint_ids and all(surely for *_asked, surely in statements):
            message += ";\nCOMMIT"  # Django's own, at the end of the block, then has nothing left to do
        with _begun(connection) as begin:
            cursor.execute(begin + message)
        if begin:
            cursor.nextset()
        for n, (_sql, _params, then, _surely) in enumerate(statements):
            if n:
                cursor.nextset()
            if then:
                answers.append((then, cursor.fetchall()))
    for then, rows in answers:
        then(rows)


#: The statements that each connection of the driver has prepared.
_prepared: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def _said(connection: BaseDatabaseWrapper, sql: str, params: Sequence[Any], literal: Callable[[Any], bytes]) -> str:
    """A statement with its values written as the driver writes them.

    Its plan is made once a connection (PREPARE), which spares the database a quarter of its work; behind a pooler that shares
    connections between transactions, which cannot be, the values stand in the statement itself (``database_prepares``).
    """
    values = [literal(value).decode() for value in params]
    first, *others = _pieces(sql)
    if len(values) != len(others):
        raise TypeError(f"{len(values)} values for {len(others)} places: {sql}")
    if not settings.CONFIG.database_prepares:
        return first + "".join([value + piece for value, piece in zip(values, others, strict=True)])
    name, known = _name(sql), _prepared.setdefault(connection.connection, set())
    if name not in known:
        places = [f"${n}{piece}" for n, piece in enumerate(others, 1)]
        with connection.wrap_database_errors:
            connection.connection.execute(f"PREPARE {name} AS {first}{''.join(places)}")
        known.add(name)
    return f"EXECUTE {name}({', '.join(values)})" if values else f"EXECUTE {name}"


@lru_cache(1000)
def _name(sql: str) -> str:
    """What a prepared statement is called: by what it says, so that a name never stands for another one."""
    return f"e{hashlib.blake2b(sql.encode(), digest_size=12).hexdigest()}"


@lru_cache(1000)
def _pieces(sql: str) -> list[str]:
    """What stands around the places of values."""
    pieces = [""]
    for piece in re.split("(%[s%])", sql):
        if piece == "%s":
            pieces.append("")
        else:
            pieces[-1] += "%" if piece == "%%" else piece
    return pieces


@contextmanager
def _begun(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """What begins the transaction, if nothing was sent in it yet: it travels with its first statements, not alone before them."""
    driver = connection.connection
    if not connection.in_atomic_block or driver.autocommit or driver.pgconn.transaction_status != TransactionStatus.IDLE:
        yield ""
        return
    driver.autocommit = True  # its own word for «I send no BEGIN»; it sends COMMIT or ROLLBACK all the same
    try:
        yield "BEGIN;\n"
    finally:
        if driver.pgconn.transaction_status == TransactionStatus.IDLE:  # the message was not even read
            driver.autocommit = False


def fetch(*asked: Asked[Any]) -> list[list[Any]]:
    """What each answers, in their order: one message."""
    found: list[list[Any]] = [[] for _one in asked]
    with together():
        for answer, ask in zip(found, asked, strict=True):
            ask(answer.extend)
        leave()
    return found


def keys_of(model: type[models.Model], many: int) -> Asked[int | None]:
    """Primary keys drawn before the rows are written, so that these can leave with what names them; none on SQLite."""

    def ask(then: Then[int | None]) -> None:
        if _connection().vendor != "postgresql":
            then([None] * many)
            return
        run(_draw_of(model, many), [], lambda rows: then([key for (key,) in rows]))

    return ask


@cache
def _draw_of(model: type[models.Model], many: int) -> str:
    """The statement that draws keys: the sequence is looked for once."""
    connection = _connection()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(model._meta.db_table), model._meta.pk.column]
        )
        (sequence,) = cursor.fetchone()
    return f"SELECT nextval('{sequence}')" + (f" FROM generate_series(1, {many})" if many > 1 else "")  # noqa: S608 the database's own word
