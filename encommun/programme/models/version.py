"""A published version of the programme."""

from typing import Any

from django.db import models


class ProgrammeVersion(models.Model):
    """What readers see. Written once: ``content`` holds the whole programme as it was published.

    Shape of ``content``: ``{"sessions": [...], "slots": [...], "rooms": [...], "axes": [...]}``, see
    ``programme/queries/content.py``. Shape of ``changes``: a list of ``{"code", "kind", "before", "after"}``.
    """

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="programme_versions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=40)
    note = models.CharField(max_length=500, blank=True)
    content = models.JSONField()
    changes = models.JSONField(default=list)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="version_number")]

    def __str__(self) -> str:
        return f"version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once.

        Raises:
            TypeError: the version exists already.
        """
        if not self._state.adding:
            raise TypeError("A published version never changes: publish the next one.")
        super().save(*args, **kwargs)
