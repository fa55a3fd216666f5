"""Who invoices, and how its documents are counted."""

from datetime import date

from django.db import models
from django.db.models import F
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _


class Issuer(models.Model):
    """A body that invoices. Several may share an instance; each event has one."""

    class Regime(models.TextChoices):
        """The four ways in which French law sees the receipts of a gathering (docs/decisions/0010)."""

        OUT_OF_SCOPE = "out_of_scope", _("Association not subject to VAT")
        EXEMPT_261 = "exempt_261", _("Exempt: services of a non-profit body (CGI, article 261, 7-1°)")
        FRANCHISE = "franchise", _("Base franchise (CGI, article 293 B)")
        CHARGED = "charged", _("VAT is charged")

    name = models.CharField(max_length=150)
    legal_form = models.CharField(max_length=120)  # «association loi 1901», «SCIC SA au capital de 48 500 €»
    siren = models.CharField(max_length=9, blank=True)
    siret = models.CharField(max_length=14, blank=True)
    rna = models.CharField(max_length=10, blank=True)  # «W442001234»: an association without SIREN
    vat_number = models.CharField(max_length=14, blank=True)
    street = models.CharField(max_length=200)
    street_more = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10)
    town = models.CharField(max_length=100)
    contact_email = models.EmailField()
    phone = models.CharField(max_length=25, blank=True)
    regime = models.CharField(max_length=15, choices=Regime.choices)
    vat_rate = models.PositiveSmallIntegerField(default=0)  # in hundredths of a percent: 2000 is 20 %
    on_debits = models.BooleanField(default=False)  # «Option pour le paiement de la taxe d’après les débits»
    bank_holder = models.CharField(max_length=120, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)
    payment_days = models.PositiveSmallIntegerField(default=30)

    def __str__(self) -> str:
        return self.name

    @property
    def iban_in_groups(self) -> str:
        """As banks print it."""
        return " ".join(self.iban[n : n + 4] for n in range(0, len(self.iban), 4))


class SeriesManager(models.Manager["Series"]):
    """The only statement that counts."""

    def next(self, pk: int, on: date) -> tuple[int, date]:
        """Take the next number of a series, and its date: never one before the number that came first.

        The row stays locked until the caller's transaction ends, and the number is given back with everything else when
        it fails: so that no number is missing and none comes twice (docs/decisions/0010).
        """
        changed = self.filter(pk=pk).update(last_number=F("last_number") + 1, last_on=Greatest(Coalesce(F("last_on"), on), on))
        if changed != 1:
            raise Series.DoesNotExist
        return self.values_list("last_number", "last_on").get(pk=pk)


class Series(models.Model):
    """A sequence of numbers of an issuer: chronological and continuous."""

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("Invoices")
        CREDIT = "credit", _("Credit notes")
        QUOTE = "quote", _("Quotes")

    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="series")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    is_test = models.BooleanField(default=False)  # a sale that the team tries: apart, and worth nothing
    prefix = models.CharField(max_length=28)  # «NEC2018-F-»
    last_number = models.PositiveIntegerField(default=0)
    last_on = models.DateField(null=True)

    objects = SeriesManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "prefix"], name="series_prefix_of_issuer")]

    def __str__(self) -> str:
        return self.prefix

    def numbered(self, number: int) -> str:
        """A number as it is written: at most 35 characters, letters, digits and hyphens (rules BR-FR-01 and 02)."""
        return f"{self.prefix}{number:06}"


class Invoicing(models.Model):
    """Who invoices for an event, and under which beginning its documents are counted."""

    event = models.OneToOneField("events.Event", on_delete=models.CASCADE, related_name="invoicing")
    issuer = models.ForeignKey(Issuer, on_delete=models.PROTECT, related_name="events")
    prefix = models.CharField(max_length=18)  # «NEC2018»

    def __str__(self) -> str:
        return self.prefix
