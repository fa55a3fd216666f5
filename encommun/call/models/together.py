"""Building a proposal with others: invitations, what it lacks, and the help that people offer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from encommun.call.models.proposal import Author, Proposal, author_code

PARTS = Author.Part.choices


class Invitation(models.Model):
    """An author asks somebody to join, by e-mail. The letter holds a link; nothing is published of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="invitations")
    code = models.CharField(max_length=12, unique=True, default=author_code)
    email = models.EmailField(max_length=254)
    part = models.CharField(max_length=20, choices=PARTS, default=Author.Part.CO_FACILITATES)
    words = models.TextField(max_length=1000, blank=True)
    invited_by = models.ForeignKey(Author, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal", "email"], condition=models.Q(state="waiting"), name="invited_once_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["email"], name="invitation_email")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.state}"


class Wanted(models.Model):
    """What a proposal lacks and looks for, before everyone's eyes: somebody, or something."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="wanted")
    part = models.CharField(max_length=20, choices=PARTS)  # what whoever answers becomes
    words = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.words


class Help(models.Model):
    """Somebody says «I can»: for something wanted, or to join of her own accord. An accepted one makes an author."""

    class State(models.TextChoices):
        UNPROVEN = "unproven", _("waiting for the proof of the address")
        WAITING = "waiting", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="helps")
    wanted = models.ForeignKey(Wanted, null=True, on_delete=models.SET_NULL, related_name="helps")
    code = models.CharField(max_length=12, unique=True, default=author_code)
    account = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    part = models.CharField(max_length=20, choices=PARTS)
    words = models.TextField(max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UNPROVEN)
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(max_length=1000, blank=True)  # a word of the authors, in the letter

    class Meta:
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["email"], name="help_email")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.state}"
