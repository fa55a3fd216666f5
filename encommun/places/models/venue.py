"""Venues and their rooms."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.foundation.localised import LocalisedField


class Venue(models.Model):
    """A building with an address. Names of fields follow the national standard «Lieux de médiation numérique» where it has them."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    address = models.CharField(max_length=200)
    postcode = models.CharField(max_length=5)
    town = models.CharField(max_length=100)
    insee_code = models.CharField(max_length=5, blank=True)
    pivot = models.CharField(max_length=14, blank=True)  # SIRET of the place, or RNA number of its association
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    access = LocalisedField()  # how to get there, and how to get in
    access_url = models.URLField(blank=True)  # its page at Acceslibre
    url = models.URLField(blank=True)
    updated_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Equipment(models.TextChoices):
    """What a room has, and a session may need."""

    PROJECTOR = "projector", _("projector and screen")
    MICROPHONES = "microphones", _("microphones and speakers")
    STAGE = "stage", _("stage")
    TABLES = "tables", _("tables")
    SOCKETS = "sockets", _("a socket at each place")
    COMPUTERS = "computers", _("computers")
    WALLS = "walls", _("walls to write or pin on")
    RECORDING = "recording", _("sound or video recording")
    REMOTE = "remote", _("link with people at a distance")
    WATER = "water", _("a sink")


class Layout(models.TextChoices):
    """How seats stand."""

    ROWS = "rows", _("in rows")
    CIRCLE = "circle", _("in a circle")
    TABLES = "tables", _("around tables")
    STANDING = "standing", _("standing")


class Room(models.Model):
    """A room, hall or corner of a venue."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="rooms")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)
    capacity = models.PositiveIntegerField()  # however seats stand
    capacities = models.JSONField(default=dict, blank=True)  # {"circle": 60}: where a layout holds another number
    floor = models.CharField(max_length=60, blank=True)
    step_free = models.BooleanField(default=True)
    hearing_loop = models.BooleanField(default=False)
    quiet = models.BooleanField(default=False)
    holds_several = models.BooleanField(default=False)  # several things at once: stands, corners of a hall
    equipment = models.JSONField(default=list)  # ["projector", "microphones", "tables"]
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["venue_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["venue", "slug"], name="room_slug_in_venue")]

    def __str__(self) -> str:
        return self.name

    def capacity_for(self, layout: str = "") -> int:
        """How many people it holds when seats stand so; 0 when they cannot."""
        given: Any = self.capacities.get(layout) if layout else None
        return self.capacity if given is None else int(given)

    def has(self, equipment: str) -> bool:
        """Whether that is in it."""
        return equipment in self.equipment


class Closure(models.Model):
    """A room that cannot be used for a while."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="closures")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=120, blank=True)  # «montage de la scène»

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="closure_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.starts_at:%d %H:%M}"

    def covers(self, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether a moment of the span is closed."""
        return self.starts_at < ends_at and starts_at < self.ends_at


class Walk(models.Model):
    """What it takes to go from one venue to another; kept once a pair, the venue that came first as ``one``."""

    one = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="walks")
    other = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="walks_back")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="walk_once_a_pair"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="walk_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id}–{self.other_id}: {self.minutes} min"
