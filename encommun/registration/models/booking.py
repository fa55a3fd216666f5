"""Bookings, their seats, and the places that they claim."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Booking(models.Model):
    """One or several passes booked together, by one person, without account.

    ``held`` keeps places until ``held_until`` (none for a transfer that the team waits for), ``confirmed`` is paid or
    free, ``lapsed`` and ``cancelled`` gave their places back.
    """

    class State(models.TextChoices):
        HELD = "held", _("To be paid")
        CONFIRMED = "confirmed", _("Confirmed")
        LAPSED = "lapsed", _("Lapsed")
        CANCELLED = "cancelled", _("Cancelled")

    event = models.ForeignKey("events.Event", on_delete=models.PROTECT, related_name="bookings")
    code = models.CharField(max_length=12, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.HELD)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    structure = models.CharField(max_length=200, blank=True)  # whom the buyer books for, as it is on a transfer
    language = models.CharField(max_length=5, default="fr")
    account = models.ForeignKey("people.Account", null=True, blank=True, on_delete=models.SET_NULL, related_name="bookings")
    total_cents = models.PositiveIntegerField()
    payment_method = models.CharField(max_length=20)  # "card", "transfer", "free"
    held_until = models.DateTimeField(null=True)
    hold_extended = models.BooleanField(default=False)  # once, when a payment starts
    link_epoch = models.PositiveSmallIntegerField(default=0)
    booked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # lapsed or cancelled
    cancel_reason = models.TextField(blank=True)
    erased_at = models.DateTimeField(null=True)
    forward_cents = models.PositiveIntegerField(default=0, db_default=0)  # paid forward into the fund, beside the passes
    refund_cents = models.PositiveIntegerField(null=True)  # what a cancellation gives back by the conditions; none: everything
    is_test = models.BooleanField(default=False, db_default=False)  # made by the team while it tries its passes

    class Meta:
        indexes = [
            models.Index(fields=["event", "-booked_at"], name="booking_list"),
            models.Index(fields=["held_until"], condition=models.Q(state="held"), name="booking_to_lapse"),
            models.Index(fields=["email"], name="booking_email"),
        ]

    def __str__(self) -> str:
        return self.code


class LivingSeats(models.Manager["Seat"]):
    """Passes that were not taken out of their booking: everybody counts, shows and prints these."""

    def get_queryset(self) -> models.QuerySet["Seat"]:
        return super().get_queryset().filter(cancelled_at=None)


class Seat(models.Model):
    """One pass of a booking, for one person, with her own link. ``everything`` holds those cancelled one by one too."""

    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="seats")
    code = models.CharField(max_length=12, unique=True)
    pass_type = models.ForeignKey("registration.PassType", on_delete=models.PROTECT, related_name="seats")
    days = models.JSONField()  # ["2018-09-13"]
    price_cents = models.PositiveIntegerField()
    holder_name = models.CharField(max_length=120, blank=True)
    holder_email = models.EmailField(max_length=254, blank=True)
    link_epoch = models.PositiveSmallIntegerField(default=0)
    tariff = models.CharField(
        max_length=10, blank=True, default="", db_default=""
    )  # the price chosen in words: "low", "fair", "high"
    off_cents = models.PositiveIntegerField(default=0, db_default=0)  # what a code took off; ``price_cents`` is what is paid
    right_seen_on = models.DateField(null=True)  # a reduced price was checked: yes, that day, and nothing else
    answered_at = models.DateTimeField(null=True)  # the holder has answered the team's questions
    cancelled_at = models.DateTimeField(null=True)  # this pass alone; the booking lives on with the others
    refund_cents = models.PositiveIntegerField(null=True)  # what that gave back, by the conditions of the day
    blocked_at = models.DateTimeField(null=True)  # the team does not let it in for now
    block_reason = models.CharField(max_length=200, blank=True, default="", db_default="")  # for the team and the desk

    objects = LivingSeats()
    everything = models.Manager["Seat"]()

    class Meta:
        indexes = [models.Index(fields=["holder_email"], name="seat_email")]

    def __str__(self) -> str:
        return self.code


class Claim(models.Model):
    """A place of a quota that a seat holds. Live rows per quota = ``Quota.taken``, always."""

    quota = models.ForeignKey("registration.Quota", on_delete=models.PROTECT, related_name="claims")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="claims")
    released_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quota", "seat"], name="claim_once", condition=models.Q(released_at=None))]

    def __str__(self) -> str:
        return f"{self.quota_id} ← {self.seat_id}"
