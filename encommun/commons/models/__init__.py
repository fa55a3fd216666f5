"""What remains."""

from encommun.commons.models.note import Note, NoteRevision
from encommun.commons.models.resource import Credit, Resource

__all__ = ["Credit", "Note", "NoteRevision", "Resource"]
