"""Payments, notices of providers, and the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Payment(models.Model):
    """One way in which a booking is being paid. Its state only goes forward: waiting → paid → refunded, or waiting → given up."""

    class Provider(models.TextChoices):
        CARD = "card", _("Card")
        TRANSFER = "transfer", _("Bank transfer")
        FREE = "free", _("Free")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        PAID = "paid", _("Paid")
        GIVEN_UP = "given_up", _("Given up")
        TO_REFUND = "to_refund", _("To be refunded")
        REFUNDED = "refunded", _("Refunded")

    booking = models.ForeignKey("registration.Booking", on_delete=models.PROTECT, related_name="payments")
    provider = models.CharField(max_length=20, choices=Provider.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    amount_cents = models.PositiveIntegerField()
    reference = models.CharField(max_length=35, unique=True)  # what the payer writes on a transfer; our id at the provider
    provider_id = models.CharField(max_length=255, blank=True, db_index=True)  # the provider's own name for it
    provider_refund_id = models.CharField(max_length=255, blank=True)
    page_url = models.URLField(max_length=2000, blank=True)  # the provider's payment page
    asked_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)  # when the provider was last asked
    trouble = models.CharField(max_length=20, blank=True)  # "amount": another amount came; the team looks at it

    class Meta:
        indexes = [
            models.Index(fields=["looked_at"], condition=models.Q(state="waiting", provider="card"), name="payment_to_look_at")
        ]

    def __str__(self) -> str:
        return self.reference


class ProviderNotice(models.Model):
    """A notification of a provider, kept once; inserted with its effect, so that the second copy does nothing."""

    provider = models.CharField(max_length=20)
    notice_id = models.CharField(max_length=255)
    kind = models.CharField(max_length=80)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "notice_id"], name="notice_once")]

    def __str__(self) -> str:
        return self.notice_id


class LedgerEntry(models.Model):
    """A movement of money, in cents, with its source. Never edited: a correction is another entry."""

    class Kind(models.TextChoices):
        DUE = "due", _("Due")
        RECEIVED = "received", _("Received")
        REFUNDED = "refunded", _("Refunded")
        CANCELLED = "cancelled", _("No longer due")

    booking = models.ForeignKey("registration.Booking", on_delete=models.PROTECT, related_name="ledger")
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="ledger")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    amount_cents = models.IntegerField()
    source = models.CharField(max_length=120, unique=True)  # "booking:K7M2QX", "card:cs_123", "transfer:…"
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_cents}"


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
