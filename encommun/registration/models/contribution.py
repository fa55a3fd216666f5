"""Why somebody comes without paying: what she or he gives to the gathering."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Contribution(models.Model):
    """One part that somebody takes; the pass that it brings is one per person, whatever the number of parts."""

    class Part(models.TextChoices):
        CARRIES = "carries", _("carries it")
        CO_FACILITATES = "co_facilitates", _("co-facilitates")
        SPEAKS = "speaks", _("speaks")
        TAKES_NOTES = "takes_notes", _("takes notes")
        VOLUNTEERS = "volunteers", _("volunteers")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="contributions")
    part = models.CharField(max_length=20, choices=Part.choices)
    session_code = models.CharField(max_length=12, blank=True)
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    seat = models.ForeignKey("registration.Seat", null=True, on_delete=models.SET_NULL, related_name="contributions")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # the part was given up, or its session cancelled; the team decides about the pass

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email", "part", "session_code"], name="contribution_once", condition=~models.Q(email="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.session_code}"
