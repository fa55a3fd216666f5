"""Whom to invoice, and what a public buyer orders with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Billing(models.Model):
    """Whom the invoice of a booking is for, when the name on the booking is not enough."""

    class Kind(models.TextChoices):
        PERSON = "person", _("A person")
        BODY = "body", _("An association or a company")
        PUBLIC = "public", _("A public body")

    class Scheme(models.TextChoices):
        SIRET = "siret", "SIRET"
        RIDET = "ridet", _("RIDET (New Caledonia)")
        TAHITI = "tahiti", _("TAHITI number (French Polynesia)")

    booking = models.OneToOneField("registration.Booking", on_delete=models.PROTECT, related_name="billing")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    buyer_name = models.CharField(max_length=200)  # the body's, or the person's
    scheme = models.CharField(max_length=10, choices=Scheme.choices, default=Scheme.SIRET)
    siret = models.CharField(max_length=14, blank=True)  # the number, in its scheme, without spaces
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    town = models.CharField(max_length=100, blank=True)
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.buyer_name


class PurchaseOrder(models.Model):
    """A promise of a public buyer: its seats are confirmed, its invoice comes after service."""

    class Demand(models.TextChoices):
        """What a body asks on its invoices: the five that Chorus Pro knows."""

        NONE = "none", _("Nothing more than its SIRET")
        SERVICE = "service", _("The code of a service")
        ENGAGEMENT = "engagement", _("An engagement number")
        EITHER = "service_or_engagement", _("A service code or an engagement number")
        BOTH = "service_and_engagement", _("A service code and an engagement number")

    booking = models.OneToOneField("registration.Booking", on_delete=models.PROTECT, related_name="order")
    demand = models.CharField(max_length=25, choices=Demand.choices)  # empty: only the document came, the team copies from it
    service_code = models.CharField(max_length=100, blank=True)
    engagement = models.CharField(max_length=50, blank=True)
    market = models.CharField(max_length=50, blank=True)
    to_come = models.BooleanField(default=False)  # the agent knows that something is demanded, and will give it later
    order_number = models.CharField(max_length=50, blank=True)
    ordered_on = models.DateField(null=True)
    accounting_email = models.EmailField(blank=True)  # who is asked when the payment is late
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-received_at"], name="order_list")]

    def __str__(self) -> str:
        return f"{self.booking_id}"


class OrderFile(models.Model):
    """The order itself, as it was sent: read by who sent it and by the team, by nobody else."""

    order = models.ForeignKey(PurchaseOrder, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=30)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name
