"""The gathering's venues, for those who come."""

from dataclasses import dataclass
from itertools import combinations

from encommun.events.models import Event
from encommun.places.models import Equipment, Room, Venue
from encommun.programme.queries.draft import walks_of


@dataclass(frozen=True, kw_only=True)
class RoomShown:
    """A room, with what is in it in words."""

    room: Room
    equipment: list[str]


@dataclass(frozen=True, kw_only=True)
class VenueShown:
    """A venue and its rooms."""

    venue: Venue
    rooms: list[RoomShown]

    @property
    def is_step_free(self) -> bool:
        """Whether every room is reached without steps."""
        return bool(self.rooms) and all(one.room.step_free for one in self.rooms)

    @property
    def has_hearing_loop(self) -> bool:
        """Whether a room has a hearing loop."""
        return any(one.room.hearing_loop for one in self.rooms)


@dataclass(frozen=True, kw_only=True)
class Way:
    """What it takes to go from one venue to another."""

    one: Venue
    other: Venue
    minutes: int


@dataclass(frozen=True, kw_only=True)
class Places:
    """Everything on the page of the venues."""

    venues: list[VenueShown]
    ways: list[Way]


def venues_of(event: Event) -> list[Venue]:
    """The venues in the team's order, with their rooms. Two statements."""
    return list(event.venues.order_by("event_venues__position").prefetch_related("rooms"))


def places_of(event: Event) -> Places:
    """Venues, rooms, and the way between them. Three statements, whatever there is."""
    venues, walks = venues_of(event), walks_of(event)
    pairs = [(one, other, walks.get((one.pk, other.pk))) for one, other in combinations(venues, 2)]
    return Places(
        venues=[VenueShown(venue=venue, rooms=[_shown(room) for room in venue.rooms.all()]) for venue in venues],
        ways=[Way(one=one, other=other, minutes=minutes) for one, other, minutes in pairs if minutes is not None],
    )


def _shown(room: Room) -> RoomShown:
    return RoomShown(room=room, equipment=[str(Equipment(code).label) for code in room.equipment if code in Equipment.values])
