"""A gathering and its team."""

from encommun.events.models.axis import Axis
from encommun.events.models.event import Event, EventVenue, Support
from encommun.events.models.presence import Presence, WithPresence
from encommun.events.models.team import TeamMembership, TeamToken

__all__ = ["Axis", "Event", "EventVenue", "Presence", "Support", "TeamMembership", "TeamToken", "WithPresence"]
