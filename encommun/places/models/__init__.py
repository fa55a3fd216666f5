"""Where things happen."""

from encommun.places.models.venue import Closure, Equipment, Layout, Room, Venue, Walk

__all__ = ["Closure", "Equipment", "Layout", "Room", "Venue", "Walk"]
