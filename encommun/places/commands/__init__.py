"""What can be done with places."""

from encommun.places.commands.describe_rooms import ClosureText, RoomText, set_closures, set_rooms
from encommun.places.commands.describe_venue import VenueText, describe_venue, make_venue, set_walk

__all__ = ["ClosureText", "RoomText", "VenueText", "describe_venue", "make_venue", "set_closures", "set_rooms", "set_walk"]
