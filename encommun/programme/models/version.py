"""A published version of the programme."""

from typing import Any, NoReturn

from django.db import models

NEVER_CHANGES = "A published version never changes: publish the next one."


class VersionQuerySet(models.QuerySet["ProgrammeVersion"]):
    def update(self, **kwargs: Any) -> NoReturn:
        """Refused; a trigger of the database refuses it too.

        Raises:
            TypeError: always.
        """
        raise TypeError(NEVER_CHANGES)

    def delete(self) -> NoReturn:
        """Refused.

        Raises:
            TypeError: always.
        """
        raise TypeError(NEVER_CHANGES)


class ProgrammeVersion(models.Model):
    """What readers see. Written once: ``content`` holds the whole programme as it was published, without any name.

    The shape of ``content`` is told in ``programme/queries/content.py``, that of ``changes`` in ``queries/changes.py``.
    """

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="programme_versions")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=40)
    note = models.CharField(max_length=500, blank=True)
    content = models.JSONField()
    changes = models.JSONField(default=list)

    objects = VersionQuerySet.as_manager()

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
            raise TypeError(NEVER_CHANGES)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused.

        Raises:
            TypeError: always.
        """
        raise TypeError(NEVER_CHANGES)
