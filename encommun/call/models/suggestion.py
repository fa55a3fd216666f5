"""A new text of a field, suggested by anybody; and how far somebody has read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.call.models.proposal import Proposal, author_code


class Suggestion(models.Model):
    """Another wording for one field of a public proposal. An author takes it in one click; who had the idea stays in the history."""

    class State(models.TextChoices):
        UNPROVEN = "unproven", _("waiting for the proof of the address")
        WAITING = "waiting", _("waiting for an answer")
        TAKEN = "taken", _("taken up")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="suggestions")
    code = models.CharField(max_length=12, unique=True, default=author_code)
    field = models.CharField(max_length=30)
    before = models.TextField(blank=True)  # the field as it was read
    text = models.TextField()
    words = models.TextField(max_length=500, blank=True)  # why
    account = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120, blank=True)
    name_is_public = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNPROVEN)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=1000, blank=True)

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["email"], name="suggestion_email")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.field}"


class Reading(models.Model):
    """Somebody follows a proposal, and has read it up to a version."""

    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="readings")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "proposal"], name="one_reading_each")]

    def __str__(self) -> str:
        return f"{self.proposal_id} v{self.version}"
