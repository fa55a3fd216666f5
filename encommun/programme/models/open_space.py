"""What people bring to an open-space slot, on the day."""

from django.db import models

from encommun.foundation.codes import new_code


def subject_code() -> str:
    """Names a subject in addresses."""
    return new_code(8)


class OpenSubject(models.Model):
    """A subject that somebody with a pass brings to a table of an open-space slot. One a table and a round."""

    session = models.ForeignKey("programme.Session", on_delete=models.CASCADE, related_name="subjects")
    code = models.CharField(max_length=12, unique=True, default=subject_code)
    round = models.PositiveSmallIntegerField(default=1)
    table = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    host_name = models.CharField(max_length=60, blank=True)  # as she wants to be called; public with her agreement
    email = models.EmailField(max_length=254, blank=True)  # of the pass it came with; empty when the team wrote it
    removed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["round", "table", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "round", "table"], condition=models.Q(removed_at=None), name="one_subject_a_table"
            )
        ]

    def __str__(self) -> str:
        return self.title
