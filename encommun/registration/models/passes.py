"""What can be booked, and how many times."""

from dataclasses import dataclass

from django.db import connection, models
from django.db.models import F, Q

from encommun.foundation.localised import LocalisedField


class QuotaManager(models.Manager["Quota"]):
    """The only two statements that change ``taken``. Each answers what is left after it."""

    def claim(self, pk: int, places: int) -> "Left | None":
        """Take places in one statement; None when they are not there (reliability.md, D1)."""
        return self._change(pk, places, "AND taken + %s <= size", [places])

    def give_back(self, pk: int, places: int) -> "Left | None":
        """Free places in one statement."""
        return self._change(pk, -places, "", [])

    def _change(self, pk: int, by: int, condition: str, more: list[int]) -> "Left | None":
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET taken = taken + %s WHERE id = %s {condition} RETURNING taken, size",  # noqa: S608 our own names
                [by, pk, *more],
            )
            row = cursor.fetchone()
        return Left(taken=row[0], size=row[1], change=by) if row else None


@dataclass(frozen=True, slots=True)
class Left:
    """What a quota holds after a change of ``taken`` by ``change``."""

    taken: int
    size: int
    change: int

    @property
    def changed_words(self) -> bool:
        """Whether what the public page says («last places», «full») is another word than before the change."""
        return availability(self.taken, self.size) != availability(self.taken - self.change, self.size)


def availability(taken: int, size: int) -> str:
    """What is left, in a word and never in a number: «open», «few» (under a tenth), «full»."""
    left = size - taken
    return "full" if left <= 0 else "few" if left * 10 < size else "open"


class Quota(models.Model):
    """Places of one day. ``taken`` is changed by ``claim`` and ``give_back`` only; ``encommun check`` recounts it."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="quotas")
    day = models.DateField()
    size = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)

    objects = QuotaManager()

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

    @property
    def availability(self) -> str:
        """«open», «few» or «full»."""
        return availability(self.taken, self.size)


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
