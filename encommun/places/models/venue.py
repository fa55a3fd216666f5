"""Venues and their rooms."""

from django.db import models

from encommun.foundation.localised import LocalisedField


class Venue(models.Model):
    """A building with an address. Names of fields follow the national standard «Lieux de médiation numérique» where it has them."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=150)
    address = models.CharField(max_length=200)
    postcode = models.CharField(max_length=5)
    town = models.CharField(max_length=100)
    insee_code = models.CharField(max_length=5, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    access = LocalisedField()  # how to get there, and how to get in
    url = models.URLField(blank=True)

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room, hall or corner of a venue."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="rooms")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)
    capacity = models.PositiveIntegerField()
    floor = models.CharField(max_length=60, blank=True)
    step_free = models.BooleanField(default=True)
    hearing_loop = models.BooleanField(default=False)
    equipment = models.JSONField(default=list)  # ["projector", "microphones", "tables"]
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["venue_id", "position", "id"]
        constraints = [models.UniqueConstraint(fields=["venue", "slug"], name="room_slug_in_venue")]

    def __str__(self) -> str:
        return self.name
