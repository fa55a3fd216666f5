"""A letter that comes back with the dates of a gathering."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.foundation.localised import LocalisedField


class Reminder(models.Model):
    """«Three days before the call closes, to those whose draft is not published.»"""

    class Anchor(models.TextChoices):
        CALL_CLOSES = "call_closes", _("the end of the call")
        ANSWERS = "answers", _("the sending of the answers")
        BEGINS = "begins", _("the first day")
        ENDS = "ends", _("the last day")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="reminders")
    segment = models.CharField(max_length=40)
    subject = LocalisedField()
    body = LocalisedField()
    anchor = models.CharField(max_length=12, choices=Anchor.choices)
    days = models.SmallIntegerField()  # before it when negative
    by_itself = models.BooleanField(default=False)  # leaves without being read again
    is_on = models.BooleanField(default=True)

    class Meta:
        ordering = ["anchor", "days", "id"]

    def __str__(self) -> str:
        return f"{self.days:+d} {self.anchor}: {self.subject}"

    @property
    def days_before(self) -> int:
        """How many days before its date."""
        return -self.days
