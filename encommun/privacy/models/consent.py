"""A consent: given, and perhaps withdrawn."""

from django.db import models


class Consent(models.Model):
    """One yes to one text, at a time, through a door. Structure after ISO/IEC TS 27560:2023.

    Never edited: withdrawing sets ``withdrawn_at``; saying yes again is a new row.
    """

    account = models.ForeignKey("people.Account", null=True, on_delete=models.CASCADE, related_name="consents")
    email = models.EmailField(max_length=254)
    event_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=60)  # "proposal.publish_name"
    text = models.TextField()  # the exact sentence shown
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    about = models.CharField(max_length=80)  # "call.Proposal:K7M2QX"
    door = models.CharField(max_length=40)  # the page where it was said
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["email"], name="consent_email"), models.Index(fields=["about"], name="consent_about")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.about}"
