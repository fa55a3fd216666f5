"""The ledger: every movement of money, once, with its source."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.payment.models.payment import Payment


class LedgerEntry(models.Model):
    """A movement of money, in cents of euro, with its source. Never edited: a correction is another entry.

    The database refuses changes and removals by itself (migration 0003). Balances are sums of entries, kept nowhere.
    What a booking owes: due + kept − cancelled − waived. What came for it: received − bounced − refunded.
    """

    class Kind(models.TextChoices):
        DUE = "due", _("Due")
        RECEIVED = "received", _("Received")
        REFUNDED = "refunded", _("Refunded")
        CANCELLED = "cancelled", _("No longer due")
        KEPT = "kept", _("Kept from a cancelled booking")
        WAIVED = "waived", _("Not asked for")
        BOUNCED = "bounced", _("Unpaid by the bank")
        FEE = "fee", _("Fee of the provider")

    event = models.ForeignKey("events.Event", null=True, on_delete=models.PROTECT, related_name="+")
    booking = models.ForeignKey("registration.Booking", null=True, on_delete=models.PROTECT, related_name="ledger")
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="ledger")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    amount_cents = models.IntegerField()
    source = models.CharField(max_length=120, unique=True)  # "due:K7M2QX", "received:K7M2QX-4F6GHJ", "line:…", "refund:…"
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["event", "at"], name="ledger_of_event")]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_cents}"
