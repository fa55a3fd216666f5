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
    """One look at one code. Append-only: the state of a ticket is a function of the set of its scans.

    An entry is a row whose result is ``admitted``; one ticket has one such row a day (``entry_day``), which the
    database itself ensures.
    """

    class Result(models.TextChoices):
        ADMITTED = "admitted", _("Admitted")
        ALREADY_IN = "already_in", _("Already in")
        WRONG_DAY = "wrong_day", _("Not for today")
        UNPAID = "unpaid", _("Not paid yet")
        CANCELLED = "cancelled", _("Pass cancelled")
        REPLACED = "replaced", _("Replaced by a newer code")
        UNKNOWN = "unknown", _("Unknown")
        FORGED = "forged", _("Not one of ours")
        OTHER_EVENT = "other_event", _("For another gathering")

    scan_id = models.UUIDField(unique=True)  # given by the device, so that a repeated call is the same scan
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="scans")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.PROTECT, related_name="scans")
    result = models.CharField(max_length=12, choices=Result.choices)
    entry_day = models.DateField(null=True)  # set on admitted rows only
    mode = models.CharField(max_length=10)  # how the code came: see rules.MODES
    device = models.CharField(max_length=60, blank=True)
    device_seq = models.PositiveIntegerField(null=True)
    device_time = models.DateTimeField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=40)

    objects = ScanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "entry_day"], condition=models.Q(result="admitted"), name="one_entry_a_day"),
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
