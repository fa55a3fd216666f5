"""A session in the draft programme."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.foundation.licences import LICENCE_CHOICES


class Session(models.Model):
    """Something that will happen at the gathering. The row is the draft; readers see published versions.

    ``number`` and ``guid`` are stable for ever: schedule readers ask for a whole number and a UUID.
    """

    class State(models.TextChoices):
        BUILDING = "building", _("Being built")
        CONFIRMED = "confirmed", _("Confirmed")
        CANCELLED = "cancelled", _("Cancelled")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="sessions")
    code = models.CharField(max_length=12, unique=True)
    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.BUILDING)
    title = models.CharField(max_length=150)
    abstract = models.TextField(max_length=6000, blank=True)
    axis = models.ForeignKey("events.Axis", null=True, blank=True, on_delete=models.PROTECT, related_name="sessions")
    format_name = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=5, default="fr")
    licence = models.CharField(max_length=20, choices=LICENCE_CHOICES, blank=True)
    is_plenary = models.BooleanField(default=False)
    proposal = models.OneToOneField("call.Proposal", null=True, blank=True, on_delete=models.SET_NULL, related_name="session")
    room = models.ForeignKey("places.Room", null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["event", "starts_at"], name="session_when")]
        constraints = [models.CheckConstraint(condition=models.Q(minutes__gt=0, minutes__lte=1440), name="session_length")]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> int:
        """The whole number that schedule readers know it by."""
        return self.pk

    @property
    def is_placed(self) -> bool:
        """Whether it has a room and a time."""
        return self.room_id is not None and self.starts_at is not None

    @property
    def ends_at(self) -> datetime | None:
        """When it ends, if it is placed."""
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None


class Part(models.Model):
    """Somebody takes part in a session."""

    class Kind(models.TextChoices):
        CARRIES = "carries", _("carries it")
        CO_FACILITATES = "co_facilitates", _("co-facilitates")
        SPEAKS = "speaks", _("speaks")
        TAKES_NOTES = "takes_notes", _("takes notes")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="parts")
    account = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts")
    email = models.EmailField(max_length=254, blank=True)
    name = models.CharField(max_length=120)
    structure_name = models.CharField(max_length=150, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.CARRIES)
    name_is_public = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name
