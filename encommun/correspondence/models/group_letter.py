"""A letter to a group, and the people that it goes to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.foundation.localised import LocalisedField


class GroupLetter(models.Model):
    """One text to the people of a segment.

    ``draft`` waits to be read again; releasing it fixes who receives it (``Recipient``), then the worker writes their
    letters one by one: ``leaving``, then ``sent``.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("To be read again")
        LEAVING = "leaving", _("Leaving")
        SENT = "sent", _("Sent")
        DROPPED = "dropped", _("Dropped")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="group_letters")
    code = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    segment = models.CharField(max_length=40)  # see queries/segments.py
    subject = LocalisedField()
    body = LocalisedField()
    version = models.PositiveIntegerField(default=1)  # grows at each save; the form carries it back
    reminder = models.ForeignKey(
        "correspondence.Reminder", null=True, blank=True, on_delete=models.SET_NULL, related_name="group_letters"
    )
    due_on = models.DateField(null=True, blank=True)  # the day on which its reminder made it
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["event", "state"], name="group_letter_list")]
        constraints = [models.UniqueConstraint(fields=["reminder", "due_on"], name="reminder_once_a_day")]

    def __str__(self) -> str:
        return str(self.subject)


class Recipient(models.Model):
    """Somebody whom a released letter goes to: as the segment was at that moment."""

    group_letter = models.ForeignKey(GroupLetter, on_delete=models.CASCADE, related_name="recipients")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, default="fr")
    links = models.JSONField(default=list)  # [[what it opens, address]]
    letter = models.OneToOneField("mailing.Letter", null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group_letter", "email"], name="recipient_once")]
        indexes = [models.Index(fields=["email"], name="recipient_email")]

    def __str__(self) -> str:
        return f"{self.group_letter_id} → {self.pk}"
