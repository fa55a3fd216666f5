"""What can be asked of letters to groups."""

from encommun.correspondence.queries.letters import Progress, group_letter_seen_by, group_letters_seen_by, progress_of
from encommun.correspondence.queries.outbox import Outbox, letter_seen_by, letters_seen_by, outbox_of
from encommun.correspondence.queries.segments import SEGMENTS, Person, Segment, people_of, segment_named, segments_for

__all__ = [
    "SEGMENTS",
    "Outbox",
    "Person",
    "Progress",
    "Segment",
    "group_letter_seen_by",
    "group_letters_seen_by",
    "letter_seen_by",
    "letters_seen_by",
    "outbox_of",
    "people_of",
    "progress_of",
    "segment_named",
    "segments_for",
]
