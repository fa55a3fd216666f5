"""Money that is asked for, and what providers told."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Payment(models.Model):
    """One way in which a booking is being paid. Its state only goes forward: waiting → paid → refunded, or waiting → given up.

    The price of a booking may come in several payments. ``received_cents`` is what came of this one.
    """

    class Provider(models.TextChoices):
        CARD = "card", _("Card")
        HELLOASSO = "helloasso", "HelloAsso"
        TRANSFER = "transfer", _("Bank transfer")
        CHEQUE = "cheque", _("Cheque")
        CASH = "cash", _("Cash at the desk")
        TERMINAL = "terminal", _("Card at the desk")
        FREE = "free", _("Free")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        PAID = "paid", _("Paid")
        GIVEN_UP = "given_up", _("Given up")
        TO_REFUND = "to_refund", _("To be refunded")
        REFUNDED = "refunded", _("Refunded")
        BOUNCED = "bounced", _("Unpaid by the bank")

    booking = models.ForeignKey("registration.Booking", on_delete=models.PROTECT, related_name="payments")
    provider = models.CharField(max_length=20, choices=Provider.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    amount_cents = models.PositiveIntegerField()
    received_cents = models.PositiveIntegerField(default=0)
    tip_cents = models.PositiveIntegerField(default=0)  # given to the provider beside the price; never ours
    reference = models.CharField(max_length=35, unique=True)  # what the payer writes on a transfer; our id at the provider
    provider_id = models.CharField(max_length=255, blank=True, db_index=True)  # the provider's own name for its page
    charge_id = models.CharField(max_length=255, blank=True, db_index=True)  # and for the money itself
    page_url = models.URLField(max_length=2000, blank=True)  # the provider's payment page
    asked_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)  # when the provider was last asked
    trouble = models.CharField(max_length=20, blank=True)  # why the team must look at it: see ``Stray.Why``

    class Meta:
        indexes = [
            models.Index(fields=["looked_at"], condition=models.Q(state="waiting"), name="payment_open_to_look_at"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def refundable_cents(self) -> int:
        """What came and is on no list of refunds."""
        return self.received_cents - int(self.refunds.aggregate(cents=models.Sum("amount_cents", default=0))["cents"])


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
