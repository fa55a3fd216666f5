"""Two proposals that become one, by agreement of everybody who wrote them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.call.models.proposal import Author, Proposal, author_code


class Closeness(models.Model):
    """Somebody said that two proposals look close, and why. Only their authors and the team read it."""

    first = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="+")
    reason = models.TextField(max_length=1000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["first"], name="closeness_first"), models.Index(fields=["second"], name="closeness_second")]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"


class Merge(models.Model):
    """A merge from its opening to its end. ``into`` keeps its address; the address of ``other`` leads to it for ever."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for everybody's yes")
        DONE = "done", _("agreed")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")
        UNDONE = "undone", _("undone")

    into = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="merges_into")
    other = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="merges_away")
    code = models.CharField(max_length=12, unique=True, default=author_code)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_by = models.ForeignKey(Author, null=True, on_delete=models.SET_NULL, related_name="+")  # none: the team
    words = models.TextField(max_length=1000, blank=True)  # why
    fields = models.JSONField()  # the text agreed upon, as revisions keep it
    round = models.PositiveSmallIntegerField(default=1)  # grows when the text changes: everybody is asked again
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    moved = models.JSONField(default=dict)  # what went to ``into`` when it was agreed: model -> keys; for the way back
    former = models.PositiveIntegerField(null=True)  # version of ``into`` before

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["into"], condition=models.Q(state="open"), name="one_open_merge_into"),
            models.UniqueConstraint(fields=["other"], condition=models.Q(state="open"), name="one_open_merge_away"),
        ]

    def __str__(self) -> str:
        return f"{self.other_id} → {self.into_id} {self.state}"


class MergeYes(models.Model):
    """An author said yes to the text of a round."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="yeses")
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="+")
    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["merge", "author", "round"], name="one_yes_a_round")]

    def __str__(self) -> str:
        return f"{self.merge_id} {self.round}"
