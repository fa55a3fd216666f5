"""Money that goes back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.payment.models.payment import Payment


class Refund(models.Model):
    """A sum to give back from a payment: by the provider that was paid, or by hand."""

    class State(models.TextChoices):
        TO_DO = "to_do", _("To be refunded")
        DONE = "done", _("Refunded")
        REFUSED = "refused", _("Refused by the provider")

    class Why(models.TextChoices):
        CANCELLED = "cancelled", _("Booking cancelled")
        NO_PLACE = "no_place", _("Paid when the places were gone")
        TWICE = "twice", _("Paid twice")
        AMOUNT = "amount", _("Another amount than the price")
        GOODWILL = "goodwill", _("Decided by the team")
        OUTSIDE = "outside", _("Made on the provider’s site")

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    amount_cents = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.TO_DO)
    why = models.CharField(max_length=10, choices=Why.choices)
    reference = models.CharField(max_length=35, unique=True)  # our name of it at the provider; on the transfer back
    provider_refund_id = models.CharField(max_length=255, blank=True)
    account_holder = models.CharField(max_length=120, blank=True)  # where a transfer back goes
    iban = models.CharField(max_length=34, blank=True)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["asked_at"], condition=models.Q(state="to_do"), name="refund_to_do")]
        constraints = [models.CheckConstraint(condition=models.Q(amount_cents__gt=0), name="refund_of_something")]

    def __str__(self) -> str:
        return self.reference
