"""The call of an event, and the formats that it names."""

from django.db import models

from encommun.foundation.localised import LocalisedField


class Call(models.Model):
    """One open call an event."""

    event = models.OneToOneField("events.Event", on_delete=models.CASCADE, related_name="call")
    instruction = LocalisedField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()  # the last moment: 23:59:59 in the event's zone
    reads_first = models.BooleanField(default=False)  # the first proposal of an unknown person waits for the team

    def __str__(self) -> str:
        return f"call of {self.event_id}"


class Format(models.Model):
    """A form that a session may take; ``is_free`` is «autre, décrivez»."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="formats")
    slug = models.SlugField(max_length=60)
    name = LocalisedField()
    purpose = LocalisedField()
    minutes = models.PositiveSmallIntegerField(default=60)
    is_free = models.BooleanField(default=False)
    opens_at = models.DateTimeField(null=True, blank=True)  # when they differ from the call's
    closes_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["event", "slug"], name="format_slug_in_event")]

    def __str__(self) -> str:
        return str(self.name)
