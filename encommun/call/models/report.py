"""Somebody says that a proposal should not be public."""

from django.db import models

from encommun.call.models.proposal import Proposal
from encommun.deliberation.models import Reason


class ProposalReport(models.Model):
    """What is wrong with a public proposal. Who says so is not kept; it stays until the team has looked."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=10, choices=Reason.choices)
    words = models.TextField(max_length=1000, blank=True)
    made_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.reason}"
