"""Where things happen."""

from encommun.places.models.venue import Room, Venue

__all__ = ["Room", "Venue"]
