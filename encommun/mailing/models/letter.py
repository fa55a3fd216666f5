"""A letter to one address."""

from datetime import datetime

from django.db import connection, models


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, at: datetime) -> "LetterQuerySet":
        """Letters to send now, oldest first."""
        return self.filter(state=Letter.State.QUEUED, next_try_at__lte=at).order_by("next_try_at", "id")

    def claimed(self) -> "LetterQuerySet":
        """These rows, held until the transaction ends; those that another worker holds are passed over."""
        return self.select_for_update(skip_locked=True) if connection.vendor == "postgresql" else self


class Letter(models.Model):
    """Written in the business transaction; ``dedupe`` makes a reaction repeatable without a second letter."""

    class State(models.TextChoices):
        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        BOUNCED = "bounced"  # the address refuses letters, said at once or later

    kind = models.CharField(max_length=80)  # "registration.pass_issued"
    dedupe = models.CharField(max_length=200, unique=True)
    recipient = models.EmailField(max_length=254)
    language = models.CharField(max_length=5, default="fr")
    event_id = models.BigIntegerField(null=True, db_index=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField()
    message_id = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "next_try_at"], name="letter_due")]

    def __str__(self) -> str:
        return self.subject


class Attachment(models.Model):
    """A file that goes with a letter."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
