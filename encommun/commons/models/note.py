"""Notes of a session."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Note(models.Model):
    """The note page of a session: written from a template, marked done, corrected, then published as a resource."""

    class State(models.TextChoices):
        WRITING = "writing", _("Being written")
        DONE = "done", _("Done, to be corrected")
        CORRECTED = "corrected", _("Corrected")
        PUBLISHED = "published", _("Published")

    session = models.OneToOneField("programme.Session", on_delete=models.CASCADE, related_name="note")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WRITING)
    text = models.TextField(max_length=60000)
    version = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    link_epoch = models.PositiveSmallIntegerField(default=0)  # raised to revoke the links sent

    def __str__(self) -> str:
        return f"note of {self.session_id}"


class NoteRevision(models.Model):
    """The whole text after a save."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    text = models.TextField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)

    class Meta:
        ordering = ["version"]
        constraints = [models.UniqueConstraint(fields=["note", "version"], name="note_revision_number")]

    def __str__(self) -> str:
        return f"{self.note_id} v{self.version}"


class NoteTaker(models.Model):
    """Somebody who took notes and asked to be named on what is published from them."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="takers")
    account = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.CASCADE, related_name="notes_taken")
    email = models.EmailField(max_length=254, blank=True)
    name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [models.UniqueConstraint(fields=["note", "name"], name="note_taker_once")]

    def __str__(self) -> str:
        return self.name
