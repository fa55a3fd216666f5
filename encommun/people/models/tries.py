"""Counted tries: how often something guarded was attempted in a span of time."""

from django.db import models


class Tries(models.Model):
    """``key`` is a keyed hash (``signing.fingerprint``), never an address as such."""

    key = models.CharField(max_length=80)
    window = models.BigIntegerField()  # when the span began, in seconds since 1970
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="tries_once_a_window")]

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
