"""What can be booked, and how many times."""

from django.db import models
from django.db.models import F, Q

from encommun.foundation.localised import LocalisedField


class QuotaQuerySet(models.QuerySet["Quota"]):
    def claim(self, pk: int, places: int) -> bool:
        """Take places in one statement; whether they were there. reliability: the only way ``taken`` grows."""
        return bool(self.filter(pk=pk, taken__lte=F("size") - places).update(taken=F("taken") + places))

    def give_back(self, pk: int, places: int) -> None:
        """Free places in one statement."""
        self.filter(pk=pk).update(taken=F("taken") - places)


class Quota(models.Model):
    """Places of one day. ``taken`` is changed by ``claim`` and ``give_back`` only; ``encommun check`` recounts it."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="quotas")
    day = models.DateField()
    size = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)

    objects = QuotaQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["event", "day"], name="quota_a_day"),
            models.CheckConstraint(condition=Q(taken__gte=0) & Q(taken__lte=F("size")), name="quota_never_oversold"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.taken}/{self.size}"

    @property
    def left(self) -> int:
        """Places still free."""
        return self.size - self.taken


class PassType(models.Model):
    """A kind of pass: 1 day (the day is chosen), 2 days."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="pass_types")
    number = models.PositiveSmallIntegerField()  # in the ticket's code: stable for ever
    slug = models.SlugField(max_length=60)
    name = LocalisedField()
    text = LocalisedField()
    price_cents = models.PositiveIntegerField()
    day_is_chosen = models.BooleanField(default=False)  # one day, chosen; otherwise every day of the event
    on_sale_from = models.DateTimeField()
    on_sale_until = models.DateTimeField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["event", "slug"], name="pass_slug_in_event"),
            models.UniqueConstraint(fields=["event", "number"], name="pass_number_in_event"),
        ]

    def __str__(self) -> str:
        return str(self.name)
