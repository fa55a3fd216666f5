"""The pattern of a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.foundation.localised import LocalisedField


class Slot(models.Model):
    """A span of a day: for sessions, or a break (coffee, lunch)."""

    class Kind(models.TextChoices):
        SESSIONS = "sessions", _("Sessions")
        BREAK = "break", _("Break")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.SESSIONS)
    label = LocalisedField()

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="slot_ends_after_start")]

    def __str__(self) -> str:
        return f"{self.starts_at:%d %H:%M}"
