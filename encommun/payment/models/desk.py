"""Money taken at the desk."""

from django.db import models

from encommun.payment.models.payment import Payment


class Receipt(models.Model):
    """What was taken at the desk, with its number: counted in the event, without gap."""

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="desk_receipts")
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="receipt")
    number = models.PositiveIntegerField()
    taken_at = models.DateTimeField()
    taken_by = models.CharField(max_length=40)  # as the journal names who took it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="receipt_number")]

    def __str__(self) -> str:
        return f"{self.number}"


class DayCount(models.Model):
    """The till at the end of a day: what should be in it, what was counted."""

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="desk_counts")
    day = models.DateField()
    expected_cents = models.IntegerField()
    counted_cents = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day}"

    @property
    def gap_cents(self) -> int:
        return self.counted_cents - self.expected_cents
