"""The gathering itself."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.foundation.localised import LocalisedField


class Event(models.Model):
    """A gathering: an edition, its dates in its own zone, its purpose."""

    slug = models.SlugField(max_length=60, unique=True)  # "nec-2018": the first part of every address
    acronym = models.SlugField(max_length=30)  # "nec2018": schedule.xml asks for 4 characters at least
    name = models.CharField(max_length=150)
    edition = LocalisedField()  # «5es rencontres nationales de la médiation et des cultures numériques»
    tagline = LocalisedField()
    purpose = LocalisedField()
    town = models.CharField(max_length=100)
    starts_on = models.DateField()
    ends_on = models.DateField()
    timezone = models.CharField(max_length=60, default="Europe/Paris")
    contact_email = models.EmailField()
    is_public = models.BooleanField(default=False)
    accent = models.CharField(max_length=7, default="#c2293b")
    venues = models.ManyToManyField("places.Venue", through="events.EventVenue", related_name="events")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="event_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The event's time zone: every time of the event is shown in it."""
        return ZoneInfo(self.timezone)

    @property
    def days(self) -> list[date]:
        """The days of the gathering, in order."""
        return [self.starts_on + timedelta(days=n) for n in range((self.ends_on - self.starts_on).days + 1)]


class EventVenue(models.Model):
    """An event uses a venue."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="event_venues")
    venue = models.ForeignKey("places.Venue", on_delete=models.PROTECT, related_name="event_venues")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["event", "venue"], name="venue_once_an_event")]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.venue_id}"


class Support(models.Model):
    """How a structure stands behind a gathering."""

    class Kind(models.TextChoices):
        POWERS = "powers", _("Powered by")
        HOSTS = "hosts", _("Hosted by")
        LEADS = "leads", _("Led by")

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="supports")
    structure = models.ForeignKey("people.Structure", on_delete=models.PROTECT, related_name="supports")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.kind} {self.structure_id}"
