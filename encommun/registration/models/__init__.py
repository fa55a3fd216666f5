"""Passes and who booked them."""

from encommun.registration.models.booking import Booking, Claim, Seat
from encommun.registration.models.passes import Left, PassType, Quota, availability

__all__ = ["Booking", "Claim", "Left", "PassType", "Quota", "Seat", "availability"]
