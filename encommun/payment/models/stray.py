"""Money that a person must look at."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.payment.models.payment import Payment


class Stray(models.Model):
    """Something that a provider said and that settles nothing by itself: kept until somebody answers it."""

    class Why(models.TextChoices):
        AMOUNT = "amount", _("Another amount than the price")
        CURRENCY = "currency", _("Another currency than the euro")
        UNKNOWN = "unknown", _("For a booking that is not known here")
        DISPUTED = "disputed", _("Disputed by the payer at the bank")
        BOUNCED = "bounced", _("Cheque unpaid by the bank")
        REFUSED = "refused", _("Refund refused by the provider")

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("Taken as the payment")
        GIVEN_BACK = "given_back", _("Given back")
        NOTED = "noted", _("Dealt with elsewhere")

    event = models.ForeignKey("events.Event", null=True, on_delete=models.PROTECT, related_name="+")
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="strays")
    provider = models.CharField(max_length=20)
    name = models.CharField(max_length=255)  # what the provider calls it
    why = models.CharField(max_length=10, choices=Why.choices)
    amount_cents = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="eur")
    seen_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "name", "why"], name="stray_once")]

    def __str__(self) -> str:
        return self.name
