"""Bank statements, and which of their lines pay what."""

from django.db import models
from django.db.models import Q, Sum

from encommun.payment.models.payment import Payment


class Statement(models.Model):
    """A file of the bank that the team brought in. Until it is kept, its lines are only a preview."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="statements")
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    read = models.JSONField()  # the lines as they were read, until the statement is kept
    read_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file_name


class StatementLine(models.Model):
    """A credit of the account. ``key`` is the same whenever the same movement is brought in again."""

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="statement_lines")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    key = models.CharField(max_length=64)
    booked_on = models.DateField()
    amount_cents = models.PositiveIntegerField()
    payer = models.CharField(max_length=140, blank=True)
    payer_iban = models.CharField(max_length=34, blank=True)
    text = models.CharField(max_length=500, blank=True)
    left_aside = models.CharField(max_length=200, blank=True)  # why it pays nothing here: «cotisation»

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "key"], name="line_once")]
        indexes = [models.Index(fields=["event", "-booked_on"], name="line_list")]

    def __str__(self) -> str:
        return self.key[:12]

    @property
    def rest_cents(self) -> int:
        """What no booking took yet."""
        if not hasattr(self, "used_cents"):
            self.used_cents = self.allocations.aggregate(cents=Sum("amount_cents", default=0))["cents"]
        return self.amount_cents - self.used_cents


class Citation(models.Model):
    """What a transfer may cite instead of the booking's code: the number of its invoice. Letters and digits only, in capitals."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="+")
    booking = models.ForeignKey("registration.Booking", on_delete=models.CASCADE, related_name="citations")
    said = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "said"], name="citation_once")]

    def __str__(self) -> str:
        return self.said


class Allocation(models.Model):
    """A part of a line that pays a booking: a line may pay many, a booking may need many."""

    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="allocations")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="allocations")
    amount_cents = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "payment"], name="allocation_once"),
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="allocation_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} → {self.payment_id}"
