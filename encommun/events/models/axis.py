"""Working axes."""

from django.db import models

from encommun.events.models.event import Event
from encommun.foundation.localised import LocalisedField


class Axis(models.Model):
    """A working axis of a gathering: what sessions are gathered under."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="axes")
    slug = models.SlugField(max_length=60)
    title = LocalisedField()
    text = LocalisedField()
    position = models.PositiveSmallIntegerField()
    hue = models.CharField(max_length=20, default="first")  # a token of the design system: first, second, third …

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["event", "slug"], name="axis_slug_in_event")]

    def __str__(self) -> str:
        return str(self.title)
