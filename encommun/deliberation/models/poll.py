"""Majority judgment: each voter gives each option a grade in words; the ballots are open data once it is over."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.deliberation.models.comment import own_code


class Grade(models.IntegerChoices):
    """The words of a judgment, from the worst to the best (Balinski and Laraki, «Majority Judgment», 2011)."""

    REJECT = 0, _("To reject")
    POOR = 1, _("Insufficient")
    ACCEPTABLE = 2, _("Passable")
    GOOD = 3, _("Good")
    VERY_GOOD = 4, _("Very good")
    EXCELLENT = 5, _("Excellent")


class Poll(models.Model):
    """One question about several options."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="polls")
    code = models.CharField(max_length=12, unique=True, default=own_code)
    title = models.CharField(max_length=150)
    question = models.TextField(max_length=2000)
    electorate = models.CharField(max_length=20)  # who votes: «committee», «registered» …, see electorate.py
    topic_kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    closes_at = models.DateTimeField()
    made_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    could_vote = models.PositiveIntegerField(null=True)  # how many people could, when it was closed

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.title


class PollOption(models.Model):
    """One of the things judged, with its title as it was then."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    topic_code = models.CharField(max_length=12)
    title = models.CharField(max_length=150)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["poll", "topic_code"], name="option_once_a_poll")]

    def __str__(self) -> str:
        return self.title


class Ballot(models.Model):
    """One person's grades. Who cast it is known while it can be changed, and forgotten when the poll closes."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    code = models.CharField(max_length=12, unique=True, default=own_code)
    account = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="+")
    grades = models.JSONField()  # topic code -> grade
    cast_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["code"]  # drawn by chance: no order in time
        constraints = [
            models.UniqueConstraint(fields=["poll", "account"], name="ballot_once", condition=models.Q(account__isnull=False))
        ]

    def __str__(self) -> str:
        return self.code
