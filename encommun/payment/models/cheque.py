"""Cheques and their deposit slips."""

from django.db import models

from encommun.payment.models.payment import Payment


class Deposit(models.Model):
    """Cheques taken to the bank together. ``number`` counts in the event, without gap."""

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="cheque_deposits")
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "number"], name="deposit_number")]

    def __str__(self) -> str:
        return f"{self.number}"


class Cheque(models.Model):
    """A cheque that came."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="cheque")
    number = models.CharField(max_length=20)
    bank = models.CharField(max_length=80)
    drawer = models.CharField(max_length=120)  # whose account it is drawn on
    received_on = models.DateField()
    deposit = models.ForeignKey(Deposit, null=True, on_delete=models.PROTECT, related_name="cheques")
    bounced_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.number
