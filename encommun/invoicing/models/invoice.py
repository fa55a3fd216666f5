"""What was issued. Never changed, never removed: the database itself refuses (migration 0002)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.invoicing.models.issuer import Issuer, Series


class Invoice(models.Model):
    """An invoice (380) or a credit note (381). ``content`` is a copy of everything that it says, as it was that day."""

    class Kind(models.TextChoices):
        INVOICE = "380", _("Invoice")
        CREDIT = "381", _("Credit note")

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="invoices")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="invoices")
    sequence = models.PositiveIntegerField()
    number = models.CharField(max_length=35)
    kind = models.CharField(max_length=3, choices=Kind.choices)
    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="invoices")
    booking = models.ForeignKey("registration.Booking", on_delete=models.PROTECT, related_name="invoices")
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="credits")
    source = models.CharField(max_length=60, unique=True)  # what it answers to: «booking:K7M2QX», «refund:RF18…»
    issued_on = models.DateField()
    due_on = models.DateField()
    net_cents = models.PositiveIntegerField()
    tax_cents = models.PositiveIntegerField()
    gross_cents = models.PositiveIntegerField()
    prepaid_cents = models.PositiveIntegerField(default=0)
    buyer_name = models.CharField(max_length=200)
    buyer_siret = models.CharField(max_length=14, blank=True)
    content = models.JSONField()
    is_test = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "sequence"], name="invoice_sequence_once"),
            models.UniqueConstraint(fields=["issuer", "number"], name="invoice_number_of_issuer"),
            models.CheckConstraint(
                condition=models.Q(gross_cents=models.F("net_cents") + models.F("tax_cents")), name="invoice_adds_up"
            ),
        ]
        indexes = [models.Index(fields=["event", "-made_at"], name="invoice_list")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_credit(self) -> bool:
        return self.kind == self.Kind.CREDIT

    @property
    def due_cents(self) -> int:
        """What was left to pay on the day of issue."""
        return self.gross_cents - self.prepaid_cents


class Paper(models.Model):
    """The files of an invoice, made once and kept as they were sent: the Factur-X and the plain PDF."""

    invoice = models.OneToOneField(Invoice, on_delete=models.PROTECT, related_name="paper")
    factur_x = models.BinaryField()
    plain = models.BinaryField()
    digest = models.CharField(max_length=64)  # SHA-256 of the Factur-X
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest[:12]


class Step(models.Model):
    """What became of an invoice, one row a step: the last one is where it stands."""

    class State(models.TextChoices):
        SENT = "sent", _("Sent")
        DEPOSITED = "deposited", _("Deposited")
        REJECTED = "rejected", _("Rejected")
        PAID = "paid", _("Paid")

    class Through(models.TextChoices):
        CHORUS = "chorus", "Chorus Pro"
        PLATFORM = "platform", _("An approved platform")
        MAIL = "mail", _("E-mail")
        NONE = "", "—"

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=State.choices)
    through = models.CharField(max_length=10, choices=Through.choices, blank=True)
    reference = models.CharField(max_length=60, blank=True)  # the number of the deposit
    reason = models.CharField(max_length=500, blank=True)  # of a rejection
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.state
