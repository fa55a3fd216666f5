"""Choosing: how an event does it, by which criteria, who reads what, and what each reader thinks."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.call.models.proposal import Author, Proposal
from encommun.foundation.localised import LocalisedField


class Choosing(models.Model):
    """How an event chooses, and how far it is."""

    class Phase(models.TextChoices):
        BEFORE = "before", _("not begun")
        READING = "reading", _("everyone reads on her own")
        TALKING = "talking", _("readers talk about it together")
        OVER = "over", _("it is over")

    #: Phases in which readers must not know whose a proposal is, where the event so decided.
    HIDDEN_IN = (Phase.READING, Phase.TALKING)

    event = models.OneToOneField("events.Event", on_delete=models.CASCADE, related_name="choosing")
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.BEFORE)
    is_anonymous = models.BooleanField(default=False)
    readers_each = models.PositiveSmallIntegerField(default=2)  # how many people should read each proposal
    method = LocalisedField()  # in the team's words, for everyone

    def __str__(self) -> str:
        return f"choosing of {self.event_id}"

    @property
    def hides_authors(self) -> bool:
        """Whether readers must not know whose a proposal is, now."""
        return self.is_anonymous and self.phase in self.HIDDEN_IN


class PhaseBegun(models.Model):
    """When a phase began: the public log of how it was decided."""

    choosing = models.ForeignKey(Choosing, on_delete=models.CASCADE, related_name="phases")
    phase = models.CharField(max_length=10, choices=Choosing.Phase.choices)
    is_anonymous = models.BooleanField()
    began_at = models.DateTimeField()

    class Meta:
        ordering = ["began_at", "id"]

    def __str__(self) -> str:
        return f"{self.choosing_id} {self.phase}"


class Criterion(models.Model):
    """What is looked at, as a question, with three answers in words."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="criteria")
    question = LocalisedField()
    low = LocalisedField()
    middle = LocalisedField()
    high = LocalisedField()
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(self.question)

    @property
    def levels(self) -> list[tuple[int, str]]:
        """The three answers, the weakest first."""
        return [(1, str(self.low)), (2, str(self.middle)), (3, str(self.high))]


class Assignment(models.Model):
    """Somebody is asked to read a proposal."""

    class How(models.TextChoices):
        AXIS = "axis", _("by axis")
        RANDOM = "random", _("at random")
        LOAD = "load", _("by load")
        HAND = "hand", _("by hand")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="assignments")
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "account"], name="assigned_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} → {self.account_id}"


class Conflict(models.Model):
    """A reader is too close to a proposal: she neither reads it nor sees what is said of it. Why is hers to keep."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="conflicts")
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "account"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.proposal_id} × {self.account_id}"


class Review(models.Model):
    """What a reader thinks: a level for each criterion, and words. Others read it once they have given theirs."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="reviews")
    account = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="+")
    levels = models.JSONField(default=dict)  # number of the criterion, as text -> 1, 2 or 3
    words = models.TextField(max_length=4000, blank=True)
    version = models.PositiveIntegerField()  # of the proposal, as it was read
    saved = models.PositiveIntegerField(default=1)  # grows at each save; the form carries it back
    saved_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)  # until then a draft, which nobody else reads

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "account"], name="review_once", condition=models.Q(account__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.account_id}"


class Circumstances(models.Model):
    """What an author tells of herself, if she likes, so that the balance of the selection can be looked at. Never shown with a name."""

    class Territory(models.TextChoices):
        RURAL = "rural", _("the countryside or a village")
        TOWN = "town", _("a small or middle town")
        CITY = "city", _("a big city")
        OVERSEAS = "overseas", _("an overseas territory")
        ABROAD = "abroad", _("another country")

    class First(models.TextChoices):
        YES = "yes", _("yes, it is the first time")
        NO = "no", _("no, I proposed or took part before")

    author = models.OneToOneField(Author, on_delete=models.CASCADE, related_name="circumstances")
    territory = models.CharField(max_length=10, choices=Territory.choices, blank=True)
    first_time = models.CharField(max_length=3, choices=First.choices, blank=True)
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.author_id}"
