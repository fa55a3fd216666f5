"""A session in the draft programme."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.events.models import WithPresence
from encommun.events.models.presence import moments_of
from encommun.foundation.licences import LICENCE_CHOICES
from encommun.places.models import Layout


class Session(models.Model):
    """Something that will happen at the gathering. The row is the draft; readers see published versions.

    ``number`` and ``guid`` are stable for ever: schedule readers ask for a whole number and a UUID.
    """

    class State(models.TextChoices):
        IDEA = "idea", _("Being tried")  # a proposal that has no answer yet, put in the draft to see; never published
        BUILDING = "building", _("Being built")
        CONFIRMED = "confirmed", _("Confirmed")
        CANCELLED = "cancelled", _("Cancelled")

    class Kind(models.TextChoices):
        SESSION = "session", _("Session")
        PLENARY = "plenary", _("Plenary: everyone is invited, nothing beside it")
        BREAK = "break", _("Break or meal")
        OPEN_SPACE = "open_space", _("Open-space slot: filled on the day by those who come")
        STAND = "stand", _("Stand or corner: lasts while other things go on")

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
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.SESSION)
    proposal = models.OneToOneField("call.Proposal", null=True, blank=True, on_delete=models.SET_NULL, related_name="session")
    united = models.ManyToManyField("call.Proposal", blank=True, related_name="united_in")  # proposals that joined the first one
    became = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="was")  # united with that one
    # What it needs: rooms are offered by it.
    layout = models.CharField(max_length=10, choices=Layout.choices, blank=True)
    equipment = models.JSONField(default=list, blank=True)  # codes of places.Equipment
    needs_step_free = models.BooleanField(default=False)
    needs_hearing_loop = models.BooleanField(default=False)
    needs_quiet = models.BooleanField(default=False)
    expected = models.PositiveIntegerField(null=True, blank=True)  # how many people may come
    wished = models.JSONField(default=list, blank=True)  # pairs of ISO moments where it would rather stand; none: anywhere
    # Order: it continues another one, maybe at once.
    continues = models.OneToOneField("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="continued_by")
    continues_at_once = models.BooleanField(default=False)
    # An open-space slot: how many things at once, and how many times one after the other.
    tables = models.PositiveSmallIntegerField(default=0)
    rounds = models.PositiveSmallIntegerField(default=1)
    # Its place. What is fixed stays where it is, for the builder and for hands.
    room_is_fixed = models.BooleanField(default=False)
    time_is_fixed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)  # grows with each move; a move carries the one it began from
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
    def wished_spans(self) -> list[tuple[datetime, datetime]]:
        """Where it would rather stand; none: anywhere."""
        return moments_of(self.wished)

    @property
    def number(self) -> int:
        """The whole number that schedule readers know it by."""
        return self.pk

    @property
    def is_plenary(self) -> bool:
        """Whether everyone is invited, and nothing else happens meanwhile."""
        return self.kind == self.Kind.PLENARY

    @property
    def is_fixed(self) -> bool:
        """Whether room and time are both fixed."""
        return self.room_is_fixed and self.time_is_fixed

    @property
    def is_placed(self) -> bool:
        """Whether it has a room and a time."""
        return self.room_id is not None and self.starts_at is not None

    @property
    def ends_at(self) -> datetime | None:
        """When it ends, if it is placed."""
        return self.starts_at + timedelta(minutes=self.minutes) if self.starts_at else None


class Part(WithPresence):
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
