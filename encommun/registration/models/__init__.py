"""Passes and who booked them."""

from encommun.registration.models.booking import Booking, Claim, Seat
from encommun.registration.models.passes import PassType, Quota

__all__ = ["Booking", "Claim", "PassType", "Quota", "Seat"]
