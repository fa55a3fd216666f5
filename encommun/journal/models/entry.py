"""One thing that happened."""

from django.db import models


class Entry(models.Model):
    """Something that happened, written in the transaction that made it happen.

    ``facts`` holds codes, numbers and words of the domain, never a name or an address: people are there by reference,
    so that erasing a person does not break the chain.
    """

    kind = models.CharField(max_length=80)  # "registration.pass_booked"
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)  # "account:12", "token:3", "visitor", "system"
    event_id = models.BigIntegerField(null=True, db_index=True)
    about = models.CharField(max_length=80)  # "registration.Booking:K7M2QX"
    facts = models.JSONField(default=dict)
    # Set by the worker: the place in the chain, and the hash over the former hash and this row.
    position = models.BigIntegerField(null=True, unique=True)
    hash = models.CharField(max_length=64, blank=True)
    reacted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["about", "id"], name="journal_about"),
            models.Index(fields=["id"], condition=models.Q(reacted_at=None), name="journal_to_react"),
            models.Index(fields=["id"], condition=models.Q(position=None), name="journal_to_chain"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about}"
