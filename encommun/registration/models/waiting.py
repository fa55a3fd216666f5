"""Who waits for places, in which order, and what is offered to them."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class Waiting(models.Model):
    """A person or a group that waits for places of a kind of pass. Its place in the queue is the order of arrival."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        OFFERED = "offered", _("Places offered")
        TAKEN = "taken", _("Taken")
        MISSED = "missed", _("Offer not taken in time")
        LEFT = "left", _("Left the list")

    event = models.ForeignKey("events.Event", on_delete=models.CASCADE, related_name="waiting")
    code = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    pass_type = models.ForeignKey("registration.PassType", on_delete=models.PROTECT, related_name="waiting")
    day = models.DateField(null=True)  # for a pass whose day is chosen
    places = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    language = models.CharField(max_length=5, default="fr")
    account = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="waiting")
    link_epoch = models.PositiveSmallIntegerField(default=0)
    joined_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    offer_until = models.DateTimeField(null=True)
    booking = models.OneToOneField("registration.Booking", null=True, on_delete=models.SET_NULL, related_name="waited")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["joined_at", "id"]
        indexes = [
            models.Index(fields=["event", "joined_at"], condition=models.Q(state="waiting"), name="waiting_queue"),
            models.Index(fields=["offer_until"], condition=models.Q(state="offered"), name="waiting_offers"),
        ]

    def __str__(self) -> str:
        return self.code

    def days(self, given: list[str]) -> list[str]:
        """The days waited for, among those that the pass gives."""
        return [self.day.isoformat()] if self.day else given

    def is_offered(self, at: datetime) -> bool:
        """Whether places are kept for it now."""
        return self.state == self.State.OFFERED and self.offer_until is not None and at < self.offer_until
