"""The answer of the team to a proposal."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.call.models.proposal import Proposal


class Decision(models.Model):
    """Taken by the team, invisible to authors until released, then answered by them."""

    class Outcome(models.TextChoices):
        YES = "yes", _("Yes")
        YES_OTHER_FORMAT = "yes_other_format", _("Yes, in another format")
        MERGE = "merge", _("Together with another proposal")
        OPEN_SPACE = "open_space", _("An open-space slot")
        LOCAL_EDITION = "local_edition", _("At a local edition")
        NOT_THIS_TIME = "not_this_time", _("Not this time")

    class Answer(models.TextChoices):
        NONE = "", _("No answer yet")
        ACCEPTED = "accepted", _("Confirmed by its authors")
        DECLINED = "declined", _("Declined by its authors")

    #: Answers that give it a place in the programme.
    PLACES = (Outcome.YES, Outcome.YES_OTHER_FORMAT, Outcome.OPEN_SPACE)
    #: Answers that give the authors something to accept or not.
    OFFERS = (*PLACES, Outcome.MERGE, Outcome.LOCAL_EDITION)

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="decision")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    reason = models.TextField(max_length=3000)  # in the author's language: she reads it as it stands
    merge_with = models.ForeignKey(Proposal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    format = models.ForeignKey("call.Format", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")  # the other one
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)  # in the other format
    reason_is_public = models.BooleanField(default=False)  # as the authors wish
    decided_by = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL)
    decided_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True, default="")
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.outcome}"

    @property
    def is_an_offer(self) -> bool:
        """Whether the authors have something to accept or not."""
        return self.outcome in self.OFFERS

    @property
    def is_a_place(self) -> bool:
        """Whether it gives a place in the programme."""
        return self.outcome in self.PLACES
