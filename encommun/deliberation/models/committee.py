"""The open committee: its rules, who is in it, its meetings and its decisions, all public."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.deliberation.models.comment import own_code
from encommun.foundation.localised import LocalisedField


class Committee(models.Model):
    """One committee an event: those who read, talk and choose with the team."""

    event = models.OneToOneField("events.Event", on_delete=models.CASCADE, related_name="committee")
    rules = LocalisedField()
    is_open = models.BooleanField(default=True)  # whether people may ask to join

    def __str__(self) -> str:
        return f"committee of {self.event_id}"


class Member(models.Model):
    """Somebody who asked to join, is in it, or was. Her name is public only if she says so."""

    class State(models.TextChoices):
        ASKED = "asked", _("waiting for an answer")
        IN = "in", _("in the committee")
        DECLINED = "declined", _("not this time")
        LEFT = "left", _("has left")

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="members")
    code = models.CharField(max_length=12, unique=True, default=own_code)
    account = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(max_length=254, blank=True)
    person = models.CharField(max_length=120, blank=True)  # her name
    name_is_public = models.BooleanField(default=False)
    words = models.TextField(max_length=1000, blank=True)  # why she would join; read by the team
    language = models.CharField(max_length=5, default="fr")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "account"], name="member_once", condition=models.Q(account__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.committee_id} {self.state}"


class Meeting(models.Model):
    """A meeting, with its notes, for everyone."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="meetings")
    code = models.CharField(max_length=12, unique=True, default=own_code)
    held_on = models.DateField()
    title = models.CharField(max_length=150)
    notes = models.TextField(max_length=20000, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return self.title


class Resolution(models.Model):
    """Something that the committee decided, and why. Kept as it was decided: a later one may say otherwise."""

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="resolutions")
    code = models.CharField(max_length=12, unique=True, default=own_code)
    decided_on = models.DateField()
    decision = models.CharField(max_length=300)
    reason = models.TextField(max_length=3000)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_on", "-id"]

    def __str__(self) -> str:
        return self.decision
