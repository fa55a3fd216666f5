"""Answers kept so that a call made twice acts once."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, models

from encommun.foundation.together import run


class IdempotentAnswerQuerySet(models.QuerySet["IdempotentAnswer"]):
    def begin(self, *, scope: str, key: str, request_hash: str, at: datetime, then: Callable[[bool], None]) -> None:
        """Take the key, in one statement that waits for another call with it; ``then`` is told whether it was free."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        run(
            f"INSERT INTO {table} (scope, key, request_hash, answer, at) VALUES (%s, %s, %s, '{{}}', %s) "  # noqa: S608 our own
            "ON CONFLICT (scope, key) DO NOTHING RETURNING 1",
            [scope, key, request_hash, connection.ops.adapt_datetimefield_value(at)],
            lambda rows: then(bool(rows)),
        )

    def end(self, *, scope: str, key: str, answer: dict[str, Any]) -> None:
        """Write the answer of a key that ``begin`` took. One statement."""
        table = connection.ops.quote_name(self.model._meta.db_table)
        run(f"UPDATE {table} SET answer = %s WHERE scope = %s AND key = %s", [json.dumps(answer), scope, key])  # noqa: S608 our own


class IdempotentAnswer(models.Model):
    """The answer to the first call with a key. A second call with the same body gets it again; another body is refused.

    Written in the transaction of the effect itself. Source: draft-ietf-httpapi-idempotency-key-header.
    """

    scope = models.CharField(max_length=80)  # who: "account:12", "token:3", or a fingerprint of the form's page
    key = models.CharField(max_length=80)
    request_hash = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    objects = IdempotentAnswerQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotent_once")]

    def __str__(self) -> str:
        return self.key
