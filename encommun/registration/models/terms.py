"""Until when people change, hand over and cancel by themselves, and what they get back."""

from datetime import datetime

from django.db import models


class Terms(models.Model):
    """The conditions of a gathering's passes, set by its team. Without a row, changes go through the team."""

    event = models.OneToOneField("events.Event", on_delete=models.CASCADE, related_name="terms")
    change_until = models.DateTimeField(null=True, blank=True)  # another day
    hand_over_until = models.DateTimeField(null=True, blank=True)  # another person; none: until the end of the gathering
    refunds = models.JSONField(default=list)  # [{"until": "2018-09-06T23:59:59+02:00", "percent": 100}], in the order of time
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.event_id}"

    @property
    def steps(self) -> list[tuple[datetime, int]]:
        """Until when, and how much of the price is given back: in the order of time."""
        return [(datetime.fromisoformat(step["until"]), step["percent"]) for step in self.refunds]

    def percent_at(self, at: datetime) -> int | None:
        """What is given back at a moment; None when it is too late to cancel by oneself."""
        return next((percent for until, percent in self.steps if at <= until), None)
