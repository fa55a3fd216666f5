"""Tickets, the keys that sign them, and what was scanned."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class SigningKey(models.Model):
    """An Ed25519 key pair of an event; the private half is sealed (``foundation/signing.py``)."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="signing_keys")
    number = models.PositiveSmallIntegerField()  # key_id in the ticket's code
    public_key = models.BinaryField(max_length=32)
    sealed_private_key = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="signing_key_number")]

    def __str__(self) -> str:
        return f"{self.event_id}/{self.number}"


class Ticket(models.Model):
    """What a seat shows at the door. ``identifier`` is the 10 random bytes inside the code, in hexadecimal."""

    seat = models.ForeignKey("registration.Seat", on_delete=models.PROTECT, related_name="tickets")
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="tickets")
    identifier = models.CharField(max_length=20, unique=True)
    code = models.TextField()  # the signed code, base45
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat"], condition=models.Q(revoked_at=None), name="one_live_ticket_a_seat")]

    def __str__(self) -> str:
        return self.identifier


class Door(models.Model):
    """A way in: of a venue, or for some passes only. A gathering without any has one door, number 0, for every pass."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="doors")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)
    passes = models.JSONField(default=list)  # numbers of the kinds of pass that it lets in; empty: all
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="door_number_in_event")]

    def __str__(self) -> str:
        return self.name

    def lets_in(self, number: int) -> bool:
        """Whether that kind of pass comes in here."""
        return not self.passes or number in self.passes


class ScanQuerySet(models.QuerySet["Scan"]):
    def update(self, **kwargs: Any) -> int:
        """Never.

        Raises:
            TypeError: always.
        """
        raise TypeError("A scan is written once: what happened at the door is not changed afterwards.")

    def delete(self) -> tuple[int, dict[str, int]]:
        """Never.

        Raises:
            TypeError: always.
        """
        raise TypeError("A scan is written once: what happened at the door is not erased.")


class Scan(models.Model):
    """One look at one code. Append-only: whether a pass is inside is a function of the set of its scans (``rules.standing``).

    An entry is a row whose result is ``admitted``. The database ensures that two doors do not both write the first entry
    of a pass on a day (``turn`` 0), nor both the next one, after somebody went out or a misreading was undone.
    """

    class Result(models.TextChoices):
        ADMITTED = "admitted", _("Admitted")
        ALREADY_IN = "already_in", _("Already in")
        OUT = "out", _("Gone out")
        UNDONE = "undone", _("Undone: a misreading")
        TOO_EARLY = "too_early", _("Too early")
        TOO_LATE = "too_late", _("Too late")
        WRONG_DAY = "wrong_day", _("Not for today")
        WRONG_KIND = "wrong_kind", _("Not for this door")
        BLOCKED = "blocked", _("Blocked by the team")
        UNPAID = "unpaid", _("Not paid yet")
        CANCELLED = "cancelled", _("Pass cancelled")
        REPLACED = "replaced", _("Replaced by a newer code")
        UNKNOWN = "unknown", _("Unknown")
        FORGED = "forged", _("Not one of ours")
        OTHER_EVENT = "other_event", _("For another gathering")

    class Direction(models.TextChoices):
        ENTRY = "entry", _("Coming in")
        EXIT = "exit", _("Going out")

    scan_id = models.UUIDField(unique=True)  # given by the device, so that a repeated call is the same scan
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="scans")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.PROTECT, related_name="scans")
    seat = models.ForeignKey("registration.Seat", null=True, on_delete=models.PROTECT, related_name="scans")
    direction = models.CharField(max_length=5, choices=Direction.choices, default=Direction.ENTRY, db_default=Direction.ENTRY)
    door = models.PositiveSmallIntegerField(default=0, db_default=0)  # ``Door.number``
    result = models.CharField(max_length=12, choices=Result.choices)
    entry_day = models.DateField(null=True)  # the day that it counts for: of entries, exits and what is undone
    turn = models.PositiveSmallIntegerField(default=0, db_default=0)  # how many entries of that day were written before
    undoes = models.UUIDField(null=True, unique=True)  # the ``scan_id`` that this one takes back
    mode = models.CharField(max_length=10)  # how the code came: see rules.MODES
    device = models.CharField(max_length=60, blank=True)
    device_seq = models.PositiveIntegerField(null=True)
    device_time = models.DateTimeField(null=True)
    made_at = models.DateTimeField()  # when the code was shown: what counts; a device without network tells it later
    at = models.DateTimeField()  # when it reached us
    by = models.CharField(max_length=40)

    objects = ScanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "entry_day", "door", "turn"], condition=models.Q(result="admitted"), name="one_entry_a_turn"
            ),
        ]
        indexes = [models.Index(fields=["event", "-at"], name="scan_list")]

    def __str__(self) -> str:
        return f"{self.result} {self.at:%H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once.

        Raises:
            TypeError: the scan exists already.
        """
        if not self._state.adding:
            raise TypeError("A scan is written once: what happened at the door is not changed afterwards.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never.

        Raises:
            TypeError: always.
        """
        raise TypeError("A scan is written once: what happened at the door is not erased.")
