"""What can be asked of notes and resources."""

from encommun.commons.queries.notes import how_many_in_each_state, note_of, session_to_note, sessions_and_notes
from encommun.commons.queries.resources import (
    address_of,
    as_markdown,
    citation,
    filters_of,
    gist,
    linked_data,
    resource_at,
    resources_of,
    resources_to_read,
)

__all__ = [
    "address_of",
    "as_markdown",
    "citation",
    "filters_of",
    "gist",
    "how_many_in_each_state",
    "linked_data",
    "note_of",
    "resource_at",
    "resources_of",
    "resources_to_read",
    "session_to_note",
    "sessions_and_notes",
]
