"""Signing up to a session whose places are counted."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

NO_SHOW = timedelta(minutes=5)


class WorkshopManager(models.Manager["Workshop"]):
    """The only statements that change how many places of a workshop are filled."""

    def claim(self, pk: int, *, has_priority: bool) -> str:
        """Take a place in one statement a pool: the kept ones first, for those they are kept for. The pool, or nothing."""
        if has_priority and self.filter(pk=pk, filled_kept__lt=F("kept")).update(filled_kept=F("filled_kept") + 1):
            return SignUp.Pool.KEPT
        if self.filter(pk=pk, filled__lt=F("seats") - F("kept")).update(filled=F("filled") + 1):
            return SignUp.Pool.OPEN
        return ""

    def give_back(self, pk: int, pool: str) -> None:
        """Free a place in one statement."""
        field = "filled_kept" if pool == SignUp.Pool.KEPT else "filled"
        self.filter(pk=pk).update(**{field: F(field) - 1})

    def open_kept(self, pk: int) -> None:
        """Places that were kept and not taken are for everybody."""
        self.filter(pk=pk).update(kept=F("filled_kept"))


class Workshop(models.Model):
    """A session with its places. ``filled`` and ``filled_kept`` are changed by the manager's statements only."""

    session = models.OneToOneField("programme.Session", on_delete=models.CASCADE, related_name="workshop")
    seats = models.PositiveSmallIntegerField()
    kept = models.PositiveSmallIntegerField(default=0)  # of these, for newcomers and people with an access need
    filled = models.PositiveSmallIntegerField(default=0)
    filled_kept = models.PositiveSmallIntegerField(default=0)
    opens_at = models.DateTimeField()
    kept_until = models.DateTimeField(null=True, blank=True)
    draws_at = models.DateTimeField(null=True, blank=True)  # wishes until then, a draw, and first come first served afterwards
    drawn_at = models.DateTimeField(null=True)

    objects = WorkshopManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(filled__lte=F("seats") - F("kept")) & Q(filled_kept__lte=F("kept")) & Q(kept__lte=F("seats")),
                name="workshop_never_overfilled",
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_id}"

    @property
    def left(self) -> int:
        """Places that are neither taken nor kept."""
        return self.seats - self.kept - self.filled

    @property
    def is_full(self) -> bool:
        return self.left <= 0

    @property
    def waits_for_draw(self) -> bool:
        """Whether people wish for it rather than take a place."""
        return self.draws_at is not None and self.drawn_at is None

    def no_shows_at(self) -> datetime | None:
        """When places of people who did not come go to those who wait at the door."""
        return self.session.starts_at + NO_SHOW if self.session.starts_at else None


class SignUp(models.Model):
    """One holder and one workshop."""

    class State(models.TextChoices):
        WISHED = "wished", _("Wished for")
        IN = "in", _("Has a place")
        WAITING = "waiting", _("Waiting")
        LEFT = "left", _("Left the workshop")
        RELEASED = "released", _("Did not come in time")

    class Pool(models.TextChoices):
        OPEN = "open", "open"
        KEPT = "kept", "kept"

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="sign_ups")
    seat = models.ForeignKey("registration.Seat", on_delete=models.CASCADE, related_name="sign_ups")
    state = models.CharField(max_length=10, choices=State.choices)
    pool = models.CharField(max_length=5, choices=Pool.choices, blank=True)
    has_priority = models.BooleanField(default=False)  # says that it is a first time, or that access is needed: not which
    rank = models.PositiveSmallIntegerField(default=0)  # of a wish: 1 is the dearest
    joined_at = models.DateTimeField()
    present_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "seat"], name="sign_up_once", condition=Q(state__in=["wished", "in", "waiting"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.workshop_id} ← {self.seat_id}"


class Draw(models.Model):
    """A draw, as it is published: with its seed and its wishes anybody can compute it again."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="draws")
    seed = models.CharField(max_length=64)
    drawn_at = models.DateTimeField()
    wishes = models.JSONField()  # what ``draw.draw`` was given: pseudonyms and codes of sessions, never names
    result = models.JSONField()

    class Meta:
        ordering = ["-drawn_at"]

    def __str__(self) -> str:
        return self.seed
