"""What can be asked of the programme."""

from encommun.programme.queries.changes import differences
from encommun.programme.queries.content import content_of_draft
from encommun.programme.queries.draft import draft_of, rooms_of, session_of, warnings_of
from encommun.programme.queries.filters import choose
from encommun.programme.queries.mine import LINK, codes_of, mine_by_link, mine_of
from encommun.programme.queries.moves import last_move, last_moves, who_moved
from encommun.programme.queries.now import later_in, now_and_next, pause_at
from encommun.programme.queries.programme import Axis, Programme, Room, Shown, programme_of
from encommun.programme.queries.published import (
    changes_by_session,
    latest_version,
    resources_of,
    sessions_of_axis,
    version_of,
    versions_of,
)
from encommun.programme.queries.publishing import publishing_of
from encommun.programme.queries.timetable import timetable

__all__ = [
    "LINK",
    "Axis",
    "Programme",
    "Room",
    "Shown",
    "changes_by_session",
    "choose",
    "codes_of",
    "content_of_draft",
    "differences",
    "draft_of",
    "last_move",
    "last_moves",
    "later_in",
    "latest_version",
    "mine_by_link",
    "mine_of",
    "now_and_next",
    "pause_at",
    "programme_of",
    "publishing_of",
    "resources_of",
    "rooms_of",
    "session_of",
    "sessions_of_axis",
    "timetable",
    "version_of",
    "versions_of",
    "warnings_of",
    "who_moved",
]
