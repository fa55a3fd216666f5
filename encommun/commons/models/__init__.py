"""What remains."""

from encommun.commons.models.note import Note, NoteRevision, NoteTaker
from encommun.commons.models.resource import Credit, Resource

__all__ = ["Credit", "Note", "NoteRevision", "NoteTaker", "Resource"]
