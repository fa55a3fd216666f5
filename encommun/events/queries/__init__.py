"""What can be asked of events."""

from encommun.events.queries.actors import actor_of, actor_of_token, token_in_force
from encommun.events.queries.events import event_seen_by, events_seen_by
from encommun.events.queries.team import membership_seen_by, team_seen_by, token_seen_by, tokens_seen_by

__all__ = [
    "actor_of",
    "actor_of_token",
    "event_seen_by",
    "events_seen_by",
    "membership_seen_by",
    "team_seen_by",
    "token_in_force",
    "token_seen_by",
    "tokens_seen_by",
]
