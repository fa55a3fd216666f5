"""The fund of suspended passes: paid forward by some, drawn by code by others, its total public."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from encommun.foundation.localised import LocalisedField


class FundManager(models.Manager["Fund"]):
    """The only statements that change what was given and drawn."""

    def give(self, pk: int, cents: int) -> None:
        """Somebody paid forward."""
        self.filter(pk=pk).update(given_cents=F("given_cents") + cents)

    def draw(self, pk: int, cents: int) -> bool:
        """Take from the fund in one statement; whether there was enough."""
        return (
            self.filter(pk=pk, is_open=True, drawn_cents__lte=F("given_cents") - cents).update(drawn_cents=F("drawn_cents") + cents)
            == 1
        )

    def give_back(self, pk: int, cents: int) -> None:
        """A suspended pass was not used after all."""
        self.filter(pk=pk).update(drawn_cents=F("drawn_cents") - cents)


class Fund(models.Model):
    """What was paid forward for a gathering, and what passes it paid for."""

    event = models.OneToOneField("events.Event", on_delete=models.CASCADE, related_name="pass_fund")
    is_open = models.BooleanField(default=True)
    text = LocalisedField()  # how to ask for a code
    given_cents = models.PositiveIntegerField(default=0)
    drawn_cents = models.PositiveIntegerField(default=0)

    objects = FundManager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(drawn_cents__lte=F("given_cents")), name="fund_never_overdrawn")]

    def __str__(self) -> str:
        return f"{self.event_id}"

    @property
    def left_cents(self) -> int:
        """What may still be drawn."""
        return self.given_cents - self.drawn_cents


class FundMovement(models.Model):
    """A movement of the fund. Never edited."""

    class Kind(models.TextChoices):
        GIVEN = "given", _("Given")
        DRAWN = "drawn", _("Drawn")
        RETURNED = "returned", _("Returned")

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="movements")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    amount_cents = models.PositiveIntegerField()
    booking = models.ForeignKey("registration.Booking", on_delete=models.PROTECT, related_name="fund_movements")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fund", "booking"], name="given_once", condition=Q(kind="given"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount_cents}"
