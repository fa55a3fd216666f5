"""Answers kept so that a call made twice acts once."""

from django.db import models


class IdempotentAnswer(models.Model):
    """The answer to the first call with a key. A second call with the same body gets it again; another body is refused.

    Written in the transaction of the effect itself. Source: draft-ietf-httpapi-idempotency-key-header.
    """

    scope = models.CharField(max_length=80)  # who: "account:12", "token:3", or a fingerprint of the form's page
    key = models.CharField(max_length=80)
    request_hash = models.CharField(max_length=64)
    answer = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="idempotent_once")]

    def __str__(self) -> str:
        return self.key
