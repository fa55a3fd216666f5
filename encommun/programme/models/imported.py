"""Programmes brought from elsewhere."""

from django.db import models


class ProgrammeFile(models.Model):
    """A file that somebody of the team gave, between its preview and its import. It is forgotten once imported, or after a day."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="programme_files")
    file_name = models.CharField(max_length=200)
    body = models.BinaryField()
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name


class ImportedSession(models.Model):
    """What a session is called in the file that it came from: the same file again changes it and makes no second one.

    ``digest`` says what the file said last: a session that only our team changed since is left as it is.
    """

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="imported_sessions")
    session = models.ForeignKey("programme.Session", on_delete=models.CASCADE, related_name="imported_as")
    key = models.CharField(max_length=220)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "key"], name="imported_once")]

    def __str__(self) -> str:
        return self.key
