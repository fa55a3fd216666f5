"""Count a try of something guarded, and refuse past a limit."""

from datetime import datetime

from django.db import connection

from encommun.foundation.refusals import TooManyTries
from encommun.foundation.signing import fingerprint
from encommun.people.models import Tries


def count_try(what: str, who: str, *, at: datetime, most: int, seconds: int) -> None:
    """Count one try of ``what`` by ``who`` in the present span of ``seconds``.

    One upsert, so that tries at the same moment are all counted; outside a transaction, so that a refusal does not undo it.

    Raises:
        TooManyTries: this is more than ``most``.
    """
    key = f"{what}:{fingerprint('tries', who)}"
    window = int(at.timestamp()) // seconds * seconds
    table = connection.ops.quote_name(Tries._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO {table} (key, "window", count) VALUES (%s, %s, 1) '  # noqa: S608 the table's name is our own
            f'ON CONFLICT (key, "window") DO UPDATE SET count = {table}.count + 1 RETURNING count',
            [key, window],
        )
        (count,) = cursor.fetchone()
    if count > most:
        raise TooManyTries()
