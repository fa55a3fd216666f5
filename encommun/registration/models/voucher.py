"""Codes that change a price, open a pass, or keep places."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class VoucherManager(models.Manager["Voucher"]):
    """The only statements that change ``used``."""

    def claim(self, pk: int, uses: int, at: datetime) -> bool:
        """Use a code in one statement; whether it could be used that many times more, now."""
        living = (
            Q(withdrawn_at=None) & (Q(valid_from=None) | Q(valid_from__lte=at)) & (Q(valid_until=None) | Q(valid_until__gte=at))
        )
        return self.filter(living, pk=pk, used__lte=F("uses") - uses).update(used=F("used") + uses) == 1

    def give_back(self, pk: int, uses: int) -> None:
        """Give uses back in one statement."""
        self.filter(pk=pk).update(used=F("used") - uses)


class Voucher(models.Model):
    """A code that the team gives: one use is one pass. ``used`` = its live ``VoucherUse`` rows, always."""

    class Kind(models.TextChoices):
        AMOUNT = "amount", _("An amount less")
        SHARE = "share", _("A share less, in percent")
        FIXED = "fixed", _("A fixed price")
        FUND = "fund", _("A suspended pass, paid by the fund")
        OPEN = "open", _("The same price: it only opens a pass")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="vouchers")
    code = models.CharField(max_length=20)  # capital letters and digits
    note = models.CharField(max_length=200, blank=True)  # for the team: whom it was made for
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.AMOUNT)
    value = models.PositiveIntegerField(default=0)  # cents, or percent
    uses = models.PositiveIntegerField(default=1)
    used = models.PositiveIntegerField(default=0)
    passes = models.JSONField(default=list)  # numbers of the kinds of pass that it is for; empty: all that are sold to everybody
    valid_from = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateTimeField(null=True, blank=True)
    reserves = models.BooleanField(default=False)  # its unused places are kept from everybody else
    reserved_day = models.DateField(null=True, blank=True)  # for a pass whose day is chosen
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = VoucherManager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="voucher_code_in_event"),
            models.CheckConstraint(condition=Q(used__gte=0) & Q(used__lte=F("uses")), name="voucher_never_overused"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def left(self) -> int:
        """How many times it may still be used."""
        return self.uses - self.used

    def is_for(self, number: int) -> bool:
        """Whether it is for that kind of pass."""
        return not self.passes or number in self.passes

    def is_living(self, at: datetime) -> bool:
        """Whether its dates allow it now."""
        begun = self.valid_from is None or self.valid_from <= at
        return self.withdrawn_at is None and begun and (self.valid_until is None or at <= self.valid_until)

    def off(self, price_cents: int) -> int:
        """How much less a pass of that price costs: never more than its price, a share rounded down to the cent."""
        match self.kind:
            case self.Kind.AMOUNT:
                return min(self.value, price_cents)
            case self.Kind.SHARE:
                return price_cents * self.value // 100
            case self.Kind.FIXED:
                return max(price_cents - self.value, 0)
            case self.Kind.FUND:
                return price_cents
        return 0


class VoucherUse(models.Model):
    """A pass that was booked with a code."""

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="used_by")
    seat = models.ForeignKey("registration.Seat", on_delete=models.PROTECT, related_name="voucher_uses")
    off_cents = models.PositiveIntegerField()
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seat"], name="one_voucher_a_seat", condition=Q(released_at=None))]

    def __str__(self) -> str:
        return f"{self.voucher_id} ← {self.seat_id}"


class Reserve(models.Model):
    """Places of a quota that are kept for somebody and are not passes yet: a code's, or an offer's of the waiting list.

    ``Quota.taken`` = live claims + kept places, always.
    """

    quota = models.ForeignKey("registration.Quota", on_delete=models.PROTECT, related_name="reserves")
    voucher = models.ForeignKey(Voucher, null=True, on_delete=models.PROTECT, related_name="kept_places")
    waiting = models.ForeignKey("registration.Waiting", null=True, on_delete=models.PROTECT, related_name="kept_places")
    places = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quota", "voucher"], name="reserve_of_voucher"),
            models.UniqueConstraint(fields=["quota", "waiting"], name="reserve_of_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.quota_id}: {self.places}"
