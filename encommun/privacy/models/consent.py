"""A consent: given, and perhaps withdrawn."""

from django.db import models
from django.db.models import Q

from encommun.foundation.holdings import Subject


class ConsentQuerySet(models.QuerySet["Consent"]):
    def in_force(self) -> "ConsentQuerySet":
        """Those not withdrawn."""
        return self.filter(withdrawn_at=None)

    def of(self, subject: Subject) -> "ConsentQuerySet":
        """Those that a person gave: from her account, her addresses, or about a thing whose secret link she holds."""
        hers = Q(email__in=subject.emails)
        if subject.account_id is not None:
            hers |= Q(account_id=subject.account_id)
        for purpose, code in subject.links:
            hers |= Q(about__iexact=f"{purpose}:{code}")
        return self.filter(hers).order_by("-given_at", "-id")


class Consent(models.Model):
    """One yes to one text, at a time, through a door. Structure after ISO/IEC TS 27560:2023.

    Never edited: withdrawing sets ``withdrawn_at``; saying yes again is a new row.
    """

    account = models.ForeignKey("people.Account", null=True, on_delete=models.SET_NULL, related_name="consents")
    email = models.EmailField(max_length=254, blank=True)
    event_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=60)  # "proposal.publish_name"
    text = models.TextField()  # the exact sentence shown
    text_version = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    about = models.CharField(max_length=80)  # "call.Proposal:K7M2QX"
    door = models.CharField(max_length=40)  # the page where it was said
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["email"], name="consent_email"), models.Index(fields=["about"], name="consent_about")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.about}"
