"""What can be asked of tickets and of the door."""

from encommun.checkin.queries.door import figures, last_looks, passes_named
from encommun.checkin.queries.shown import what_is_shown
from encommun.checkin.queries.tickets import seat_seen_by, ticket_seen_by

__all__ = ["figures", "last_looks", "passes_named", "seat_seen_by", "ticket_seen_by", "what_is_shown"]
