"""What was offered at a price, before anybody orders."""

from django.db import models

from encommun.invoicing.models.issuer import Issuer


class Quote(models.Model):
    """A quote, asked for without account. It keeps no place: the order does."""

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="quotes")
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="quotes")
    code = models.CharField(max_length=12, unique=True)
    number = models.CharField(max_length=35)
    body_name = models.CharField(max_length=200)
    body_address = models.CharField(max_length=300, blank=True)
    buyer_name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=5, default="fr")
    wishes = models.JSONField()  # [{"pass": "deux-jours", "day": null, "count": 3}]
    content = models.JSONField()  # as an invoice's: lines, texts and totals of that day
    gross_cents = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    valid_until = models.DateField()
    link_epoch = models.PositiveSmallIntegerField(default=0)
    is_test = models.BooleanField(default=False)
    booking = models.OneToOneField("registration.Booking", null=True, on_delete=models.PROTECT, related_name="quote")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "number"], name="quote_number_of_issuer")]
        indexes = [models.Index(fields=["event", "-asked_at"], name="quote_list")]

    def __str__(self) -> str:
        return self.number
