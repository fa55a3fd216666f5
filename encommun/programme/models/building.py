"""A programme that the builder looks for, on behalf of a team."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Building(models.Model):
    """One search, from its asking to its answer. It holds codes, numbers and times, and nobody's name.

    ``best`` is the best programme so far, ``{code: [moment, number of the room]}``; ``found`` says what it is worth, in the builder's
    words (``queries/building.py`` reads them). One search at a time for a gathering.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("About to begin")
        RUNNING = "running", _("At work")
        DONE = "done", _("Done")
        FAILED = "failed", _("Interrupted")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Set aside")

    class Mode(models.TextChoices):
        KEEP = "keep", _("Move as little as possible")
        ANEW = "anew", _("Begin anew, from what is fixed")

    UNDER_WAY: ClassVar[tuple[str, str]] = (State.WAITING, State.RUNNING)

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="buildings")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.KEEP)
    seconds = models.PositiveIntegerField(default=60)
    levels = models.JSONField(default=dict)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)  # when the search last said that it lives
    ended_at = models.DateTimeField(null=True)
    stop_asked = models.BooleanField(default=False)
    best = models.JSONField(default=dict)
    found = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event"], condition=models.Q(state__in=["waiting", "running"]), name="one_building_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.state}"

    @property
    def is_under_way(self) -> bool:
        """Whether it is still looking."""
        return self.state in self.UNDER_WAY

    @property
    def facts(self) -> dict[str, Any]:
        """What was found so far."""
        return self.found
