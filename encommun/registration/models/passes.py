"""What can be booked, and how many times."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from encommun.foundation.localised import LocalisedField
from encommun.foundation.together import run
from encommun.ui.dates import short_day


class QuotaManager(models.Manager["Quota"]):
    """The only statements that change ``taken``. Each answers what is left after it."""

    def claim(self, pk: int, places: int, *, waited: bool = False) -> "Left | None":
        """Take places in one statement; None when they are not there (reliability.md, D1).

        Args:
            waited: for somebody of the waiting list: while it waits for this quota, freed places are for nobody else.
        """
        found: list[Left | None] = []
        self.claim_then(pk, places, found.append, waited=waited)
        return found[0]

    def claim_then(self, pk: int, places: int, then: Callable[["Left | None"], None], *, waited: bool = False) -> None:
        """``claim``, which may leave together with other statements: ``then`` is told what is left."""
        self._change(pk, places, f"AND taken + %s <= size{'' if waited else ' AND NOT is_awaited'}", [places], then)

    def claim_surely(self, pk: int, places: int, then: Callable[["Left | None"], None]) -> None:
        """``claim_then`` for a quota that had many places a moment ago: an error of the database (its CHECK) when they are not there.

        So that a transaction can end in the same message (``together.run``).

        Raises:
            IntegrityError: not enough places, or they are for those who wait.
        """
        self._run("CASE WHEN is_awaited THEN -1 ELSE taken + %s END", "", [places, pk], places, then, surely=True)

    def give_back(self, pk: int, places: int) -> "Left | None":
        """Free places in one statement."""
        found: list[Left | None] = []
        self._change(pk, -places, "", [], found.append)
        return found[0]

    def _change(self, pk: int, by: int, condition: str, more: list[int], then: Callable[["Left | None"], None]) -> None:
        self._run("taken + %s", condition, [by, pk, *more], by, then)

    def _run(
        self, value: str, condition: str, params: list[int], by: int, then: Callable[["Left | None"], None], *, surely: bool = False
    ) -> None:
        table = connection.ops.quote_name(self.model._meta.db_table)
        run(
            f"UPDATE {table} SET taken = {value} WHERE id = %s {condition} RETURNING taken, size",  # noqa: S608 our own names
            params,
            lambda rows: then(Left(taken=rows[0][0], size=rows[0][1], change=by) if rows else None),
            surely=surely,
        )


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


#: Places that others could take at most between a look at a quota and its change, generously: some milliseconds.
MEANWHILE = 200


class Quota(models.Model):
    """Places that are counted together. ``taken`` is changed by ``claim`` and ``give_back`` only; ``encommun check`` recounts it.

    Every day of a gathering has one («day»), which counts each pass of that day. More of them may count the passes that
    open a venue, or the whole gathering, for all passes or for some: a pass takes a place in each quota that counts it.
    """

    class Kind(models.TextChoices):
        DAY = "day", _("A day")
        VENUE = "venue", _("A venue")
        WHOLE = "whole", _("Several days or passes together")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="quotas")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.DAY)
    name = LocalisedField()  # a day has none: its date is its name
    day = models.DateField(null=True)  # none: whatever the day
    venue = models.ForeignKey("places.Venue", null=True, blank=True, on_delete=models.PROTECT, related_name="quotas")
    passes = models.JSONField(default=list)  # numbers of the kinds of pass that it counts; empty: all
    size = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    is_awaited = models.BooleanField(default=False, db_default=False)  # somebody of the waiting list is served first

    objects = QuotaManager()

    class Meta:
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "day"], name="quota_a_day", condition=Q(kind="day")),
            models.CheckConstraint(condition=Q(kind__in=["venue", "whole"]) | Q(day__isnull=False), name="quota_day_has_its_date"),
            models.CheckConstraint(condition=Q(taken__gte=0) & Q(taken__lte=F("size")), name="quota_never_oversold"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.taken}/{self.size}"

    @property
    def title(self) -> str:
        """How people call it: «jeudi 13 septembre», «Grande salle»."""
        if self.kind == self.Kind.DAY or not self.name:
            return short_day(self.day) if self.day else str(self.Kind(self.kind).label)
        return f"{self.name}, {short_day(self.day)}" if self.day else str(self.name)

    @property
    def left(self) -> int:
        """Places still free."""
        return self.size - self.taken

    @property
    def availability(self) -> str:
        """«open», «few» or «full»: full too while others wait for its places."""
        return "full" if self.is_awaited else availability(self.taken, self.size)

    def is_far_from_words(self, places: int) -> bool:
        """Whether taking places will neither be refused nor change what pages say, as far as can be foreseen from here."""
        lowest, highest = (availability(self.taken + by, self.size) for by in (-MEANWHILE, places + MEANWHILE))
        return lowest == highest == "open" and not self.is_awaited

    def counts(self, number: int, days: Iterable[str]) -> bool:
        """Whether a pass of that kind, for those days, takes a place here."""
        if self.passes and number not in self.passes:
            return False
        return self.day is None or self.day.isoformat() in days


class PassType(models.Model):
    """A kind of pass: 1 day (the day is chosen), 2 days, for contributors … Its ``price_cents`` is the one in the middle."""

    class Pricing(models.TextChoices):
        FIXED = "fixed", _("One price")
        SCALE = "scale", _("Three prices in words: solidarity, fair, support")
        FREE = "free", _("A free amount, with a minimum and a suggestion")

    class Offered(models.TextChoices):
        PUBLIC = "public", _("To everybody")
        CODE = "code", _("Only to those who have a code")
        CONTRIBUTORS = "contributors", _("To contributors, by itself: nobody buys it")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="pass_types")
    number = models.PositiveSmallIntegerField()  # in the ticket's code: stable for ever
    slug = models.SlugField(max_length=60)
    name = LocalisedField()
    text = LocalisedField()
    pricing = models.CharField(max_length=10, choices=Pricing.choices, default=Pricing.FIXED)
    price_cents = models.PositiveIntegerField()  # the price; the fair one of a scale; the suggestion of a free amount
    low_cents = models.PositiveIntegerField(default=0)  # the solidarity price of a scale; the minimum of a free amount
    high_cents = models.PositiveIntegerField(default=0)  # the support price of a scale
    cost_cents = models.PositiveIntegerField(null=True, blank=True)  # what a seat really costs
    cost_text = LocalisedField()
    right = LocalisedField()  # who has a right to it («en recherche d’emploi»): looked at once, at the door
    offered = models.CharField(max_length=15, choices=Offered.choices, default=Offered.PUBLIC)
    day_is_chosen = models.BooleanField(default=False)  # one day, chosen; otherwise all its days
    days = models.JSONField(default=list)  # the days that it gives or lets choose; empty: every day of the event
    min_per_booking = models.PositiveSmallIntegerField(default=1)
    max_per_booking = models.PositiveSmallIntegerField(null=True, blank=True)
    counts_in_quotas = models.BooleanField(default=True)
    on_sale_from = models.DateTimeField()
    on_sale_until = models.DateTimeField()
    is_paused = models.BooleanField(default=False)
    is_test = models.BooleanField(default=False)  # the whole sale is being tried by the team
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "number"]
        constraints = [
            models.UniqueConstraint(fields=["event", "slug"], name="pass_slug_in_event"),
            models.UniqueConstraint(fields=["event", "number"], name="pass_number_in_event"),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def lowest_cents(self) -> int:
        """The least that somebody pays for it."""
        return self.price_cents if self.pricing == self.Pricing.FIXED else self.low_cents
