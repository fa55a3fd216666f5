"""How an event may be paid."""

from django.db import models

from encommun.payment.models.payment import Payment


class Way(models.Model):
    """Whether an event takes a way of paying, and what the payer must know about it. Secrets are the instance's settings."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="ways_to_pay")
    provider = models.CharField(max_length=20, choices=Payment.Provider.choices)
    is_open = models.BooleanField()
    payable_to = models.CharField(max_length=120, blank=True)  # a cheque is made out to
    send_to = models.CharField(max_length=500, blank=True)  # and sent to

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "provider"], name="way_once")]

    def __str__(self) -> str:
        return self.provider


class TransferAccount(models.Model):
    """Where transfers for an event go."""

    event = models.OneToOneField("events.Event", on_delete=models.CASCADE, related_name="transfer_account")
    holder = models.CharField(max_length=120)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)

    def __str__(self) -> str:
        return self.iban

    @property
    def iban_in_groups(self) -> str:
        """The IBAN in groups of four, as banks print it."""
        return " ".join(self.iban[n : n + 4] for n in range(0, len(self.iban), 4))
