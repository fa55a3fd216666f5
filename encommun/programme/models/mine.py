"""«Mon programme» of somebody who has an account, and what she was told."""

from django.db import models


class MyProgramme(models.Model):
    """The sessions that somebody keeps at a gathering, on every device where she signs in.

    ``epoch`` is in the secret link of her calendar: raised, the former link no longer opens anything.
    """

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="my_programmes")
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="my_programmes")
    sessions = models.ManyToManyField("programme.Session", related_name="kept_by")
    epoch = models.PositiveIntegerField(default=0)
    wants_letters = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "account"], name="my_programme_once")]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.account_id}"


class ToldOfChanges(models.Model):
    """Up to which version somebody was told by letter what changes for her, and when: at most one letter a day."""

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="told_of_changes")
    email = models.EmailField(max_length=254)
    number = models.PositiveIntegerField()
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "email"], name="told_once")]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.number}"
