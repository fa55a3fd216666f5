"""What can be asked of the programme."""

from encommun.programme.queries.changes import differences
from encommun.programme.queries.content import content_of_draft
from encommun.programme.queries.draft import draft_of, last_move, rooms_of, session_of, warnings_of
from encommun.programme.queries.filters import choose
from encommun.programme.queries.programme import Programme, Shown, programme_of
from encommun.programme.queries.published import latest_version, resources_of, sessions_of_axis, version_of, versions_of
from encommun.programme.queries.publishing import publishing_of
from encommun.programme.queries.timetable import timetable

__all__ = [
    "Programme",
    "Shown",
    "choose",
    "content_of_draft",
    "differences",
    "draft_of",
    "last_move",
    "latest_version",
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
]
