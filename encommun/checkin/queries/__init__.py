"""What can be asked of tickets and of the door."""

from encommun.checkin.queries.door import door_of, doors_of, doubled_passes, figures, last_looks, passes_named, scans_of
from encommun.checkin.queries.shown import what_is_shown
from encommun.checkin.queries.tickets import seat_seen_by, ticket_seen_by

__all__ = [
    "door_of",
    "doors_of",
    "doubled_passes",
    "figures",
    "last_looks",
    "passes_named",
    "scans_of",
    "seat_seen_by",
    "ticket_seen_by",
    "what_is_shown",
]
